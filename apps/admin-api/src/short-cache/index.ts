export { AccessMemory } from './access-memory.js';
export { ShortCacheModule } from './short-cache.module.js';
export { ShortCache } from './short-cache.js';
export type { ShortCacheOptions } from './short-cache.js';
