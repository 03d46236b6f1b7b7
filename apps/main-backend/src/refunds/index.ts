export { ApplyRefundResult } from './apply-refund-result.js';
export type { RefundOutcome, RefundResult } from './apply-refund-result.js';
export { RefundsModule } from './refunds.module.js';
