export { allowBuyerOrigins } from './cross-origin.js';
export { RuntimeModule } from './runtime.module.js';
