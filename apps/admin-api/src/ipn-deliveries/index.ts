export { DELIVERY_EXAMPLE, DeliveryResponse } from './dto/delivery.response.js';
export { IpnDeliveriesModule } from './ipn-deliveries.module.js';
export { presentDelivery } from './present-delivery.js';
export { ResendDelivery } from './resend-delivery.js';
