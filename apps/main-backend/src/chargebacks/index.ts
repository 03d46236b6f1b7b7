export { ApplyDispute } from './apply-dispute.js';
export type { DisputeOutcome, DisputeResult } from './apply-dispute.js';
export { ChargebacksModule } from './chargebacks.module.js';
