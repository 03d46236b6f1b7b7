import {
  cancelReplay,
  createEndpoint,
  createReplay,
  deleteEndpoint,
  disableEndpoint,
  endpointDisabled,
  enableEndpoint,
  eraseNotifications,
  endpointStatistics,
  getDelivery,
  getEndpoint,
  getReplay,
  listDeliveries,
  listEndpoints,
  listReplays,
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
  ...[transactionStatusChanged, refundStatusChanged, endpointDisabled],
  ...[listDeliveries, getDelivery, resendDelivery, eraseNotifications],
  ...[createEndpoint, listEndpoints, getEndpoint, updateEndpoint, rotateEndpointSecret, enableEndpoint, disableEndpoint, deleteEndpoint],
  ...[testEndpoint, sendIpnTest, sendTransaction, endpointStatistics],
  ...[createReplay, listReplays, getReplay, cancelReplay],
];
