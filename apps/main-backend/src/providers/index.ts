export { ProviderRefusal } from './provider-adapter.js';
export type {
  BankTransfer,
  BrowserSources,
  ConnectionCheck,
  HandOff,
  HookHeaders,
  PaymentRequest,
  PaymentWanted,
  ProviderAccount,
  ProviderAdapter,
  ProviderDispute,
  ProviderEvent,
  ProviderPayment,
  ProviderRefund,
  ProviderRefunds,
  ProviderSubject,
  ReceiptsWanted,
  ReceivedMoney,
  RefundRequest,
} from './provider-adapter.js';
export { ProviderGateway } from './provider-gateway.js';
export type { CallOutcome, RefundCallOutcome } from './provider-gateway.js';
export { ProviderHttp } from './provider-http.js';
export type { ProviderHttpOptions } from './provider-http.js';
export { ProviderRegistry } from './provider-registry.js';
export { ProvidersModule } from './providers.module.js';
