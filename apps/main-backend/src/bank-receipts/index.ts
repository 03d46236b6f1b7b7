export type { ReceivedEntry } from './bank-receipt.js';
export { BankReceiptsModule } from './bank-receipts.module.js';
export { RecordReceipt } from './record-receipt.js';
export { SettleTransfer } from './settle-transfer.js';
