export { CustomerRiskHoldsModule } from './customer-risk-holds.module.js';
