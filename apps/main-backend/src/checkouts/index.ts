export type { CheckoutRecord, NewCheckout } from './checkout.js';
export { CheckoutAddresses } from './checkout-addresses.js';
export { addressSchema } from './checkout.schema.js';
export { CheckoutsModule } from './checkouts.module.js';
export { CheckoutsRepository } from './checkouts.repository.js';
