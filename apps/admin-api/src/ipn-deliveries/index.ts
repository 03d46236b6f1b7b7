export { IpnDeliveriesModule } from './ipn-deliveries.module.js';
