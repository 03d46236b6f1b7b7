import { BrowserAssets } from '@paygate/nest-kit';
import type { AssetBundle } from '@paygate/nest-kit';

/** From `src/html-pages` and from `dist/html-pages` alike, this is the app's folder of browser files. */
const BROWSER_FOLDER = new URL('../../browser/', import.meta.url);

/** The files of one page family, by its folder below `browser`. @param prefix address under which they are served */
export function browserAssets(folder: string, prefix: string, files: readonly (string | AssetBundle)[]): BrowserAssets {
  return new BrowserAssets(new URL(`${folder}/`, BROWSER_FOLDER), prefix, files);
}
