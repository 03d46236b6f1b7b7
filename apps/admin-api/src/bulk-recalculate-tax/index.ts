export { BulkRecalculateTaxModule } from './bulk-recalculate-tax.module.js';
