export { BankReceiptsModule } from './bank-receipts.module.js';
