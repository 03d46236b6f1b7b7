export { PaypalAdapter } from './paypal-adapter.js';
export type { PaypalAdapterOptions } from './paypal-adapter.js';
