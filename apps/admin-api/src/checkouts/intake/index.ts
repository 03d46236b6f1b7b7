export { canonicalCheckout } from './canonical-checkout.js';
export { claimOf } from './idempotency-key.js';
