export { SyncCatalogue } from './sync-catalogue.js';
export { contractRate } from './tax-rate.js';
export { TaxRatesModule } from './tax-rates.module.js';
export { TaxRatesRepository } from './tax-rates.repository.js';
