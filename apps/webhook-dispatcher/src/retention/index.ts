export { OldDeliveriesStore } from './old-deliveries.store.js';
export { RetentionModule } from './retention.module.js';
