export { explainRoute } from './explain-route.js';
export { offeredProviders, PaymentRouter } from './payment-router.js';
export type { PaymentRoute } from './payment-router.js';
export { RoutingModule } from './routing.module.js';
