export { BuyerLimitsModule } from './buyer-limits.module.js';
export { isLimited } from './is-limited.js';
