export { CheckoutPageModule } from './checkout-page.module.js';
