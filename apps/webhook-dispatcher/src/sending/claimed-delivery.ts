import type { DeliveryRow, MessageRow } from '../deliveries/index.js';

/** A delivery this instance has claimed, with what it needs for the attempt. */
export interface ClaimedDelivery {
  delivery: DeliveryRow;
  message: MessageRow;
  /** Proves to the database that the claim is still ours. */
  holder: string;
  leaseUntil: Date;
}
