export { StripeAdapter } from './stripe-adapter.js';
export type { StripeAdapterOptions } from './stripe-adapter.js';
