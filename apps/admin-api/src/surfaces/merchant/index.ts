export { MerchantSurfaceModule } from './merchant-surface.module.js';
export { MERCHANT_ERROR_BODY, MERCHANT_SURFACE } from './merchant-surface.js';
