import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  getDelivery,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  refundStatusChanged,
  resendDelivery,
  rotateEndpointSecret,
  sendIpnTest,
  sendTransaction,
  testEndpoint,
  transactionStatusChanged,
  updateEndpoint,
} from '@paygate/messages';

/** What this service hears and answers. */
export const CONSUMED = [
  ...[transactionStatusChanged, refundStatusChanged],
  ...[listDeliveries, getDelivery, resendDelivery],
  ...[createEndpoint, listEndpoints, getEndpoint, updateEndpoint, rotateEndpointSecret, enableEndpoint, disableEndpoint, deleteEndpoint],
  ...[testEndpoint, sendIpnTest, sendTransaction],
];
