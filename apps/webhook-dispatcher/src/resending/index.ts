export { ResendDelivery } from './resend-delivery.js';
export { ResendingModule } from './resending.module.js';
