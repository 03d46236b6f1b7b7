import { pathOf } from './request-path.js';

/** The request target as it is routed: one slash at the end of a path is cut off where it says nothing. */
export function withoutTrailingSlash(url: string, saysNothing: (path: string) => boolean): string {
  const path = pathOf(url);
  if (path.length < 2 || !path.endsWith('/') || !saysNothing(path)) return url;
  return path.slice(0, -1) + url.slice(path.length);
}
