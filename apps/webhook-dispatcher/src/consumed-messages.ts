import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  getDelivery,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  resendDelivery,
  rotateEndpointSecret,
  transactionStatusChanged,
  updateEndpoint,
} from '@paygate/messages';

/** What this service hears and answers. */
export const CONSUMED = [
  ...[transactionStatusChanged],
  ...[listDeliveries, getDelivery, resendDelivery],
  ...[createEndpoint, listEndpoints, getEndpoint, updateEndpoint, rotateEndpointSecret, enableEndpoint, disableEndpoint, deleteEndpoint],
];
