export { MollieAdapter } from './mollie-adapter.js';
export type { MollieAdapterOptions } from './mollie-adapter.js';
