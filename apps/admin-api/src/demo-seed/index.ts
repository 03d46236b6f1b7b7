export { runSeed } from './run-seed.js';
export { SeedConfig } from './seed-config.js';
export type { DemoData } from './seed-demo-data.js';
