export { ShortCache } from './short-cache.js';
export type { ShortCacheOptions } from './short-cache.js';
