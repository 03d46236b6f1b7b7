export { canonicalCheckout } from './canonical-checkout.js';
