export { PaymentListQuery } from './payment-list.query.js';
