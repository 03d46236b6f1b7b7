export { GoCardlessAdapter } from './gocardless-adapter.js';
export type { GoCardlessAdapterOptions } from './gocardless-adapter.js';
