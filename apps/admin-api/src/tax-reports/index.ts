export { TaxReportsModule } from './tax-reports.module.js';
