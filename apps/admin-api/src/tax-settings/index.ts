export { TaxSettingsModule } from './tax-settings.module.js';
