export { DatedListQuery } from './dated-list.query.js';
export { MoneyListQuery } from './money-list.query.js';
export { PaymentListQuery } from './payment-list.query.js';
