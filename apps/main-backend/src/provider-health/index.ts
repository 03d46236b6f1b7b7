export { ProviderHealthBook } from './provider-health-book.js';
export { ProviderHealthModule } from './provider-health.module.js';
