import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** One file as the browser gets it. */
export interface BrowserAsset {
  readonly contentType: string;
  readonly body: Buffer;
  readonly encoding?: 'br' | 'gzip';
}

interface LoadedAsset {
  readonly address: string;
  readonly contentType: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** From `src/html-pages` and from `dist/html-pages` alike, this is the app's folder of browser files. */
const BROWSER_FOLDER = new URL('../../browser/', import.meta.url);

/**
 * The style sheets and scripts of one page family, read and compressed once. Their addresses carry a hash of the
 * content, so they may be cached forever.
 */
export class BrowserAssets {
  private readonly byName = new Map<string, LoadedAsset>();
  private readonly byAddress = new Map<string, LoadedAsset>();

  /**
   * @param folder below `apps/main-backend/browser`
   * @param prefix address under which they are served, e.g. `/checkout/assets/`
   */
  constructor(folder: string, prefix: string, names: readonly string[]) {
    for (const name of names) {
      const plain = readFileSync(new URL(`${folder}/${name}`, BROWSER_FOLDER));
      const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
      const [stem = '', extension = ''] = name.split('.');
      const fileName = `${stem}.${hash}.${extension}`;
      const asset: LoadedAsset = {
        address: prefix + fileName,
        contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream',
        plain,
        br: brotliCompressSync(plain),
        gzip: gzipSync(plain),
      };
      this.byName.set(name, asset);
      this.byAddress.set(fileName, asset);
    }
  }

  /** The address to write into a page. @throws Error for a file that was not listed */
  address(name: string): string {
    const asset = this.byName.get(name);
    if (!asset) throw new Error(`unknown browser asset ${name}`);
    return asset.address;
  }

  find(fileName: string, acceptEncoding = ''): BrowserAsset | undefined {
    const asset = this.byAddress.get(fileName);
    if (!asset) return undefined;
    if (/\bbr\b/.test(acceptEncoding)) return { contentType: asset.contentType, body: asset.br, encoding: 'br' };
    if (/\bgzip\b/.test(acceptEncoding)) return { contentType: asset.contentType, body: asset.gzip, encoding: 'gzip' };
    return { contentType: asset.contentType, body: asset.plain };
  }
}
