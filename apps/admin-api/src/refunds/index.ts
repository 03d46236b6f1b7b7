export { REFUND_EXAMPLE, RefundResponse } from './dto/refund.response.js';
export { presentRefund } from './present-refund.js';
export { RefundsModule } from './refunds.module.js';
