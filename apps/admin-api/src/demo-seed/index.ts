export { runSeed } from './run-seed.js';
export type { Seeded } from './run-seed.js';
export { SeedConfig } from './seed-config.js';
