export { refuseFindings } from './refuse-findings.js';
export { TaxConfigurationModule } from './tax-configuration.module.js';
export { TaxConfigurationsRepository } from './tax-configurations.repository.js';
export type { StoredTaxConfiguration } from './tax-configurations.repository.js';
export { TaxRevisions } from './tax-revisions.js';
