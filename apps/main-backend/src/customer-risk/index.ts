export { BuyerStanding } from './buyer-standing.js';
export type { DisputeOfBuyer } from './customer-risk.js';
export { CustomerRiskModule } from './customer-risk.module.js';
export { FollowDispute } from './follow-dispute.js';
