import { MERCHANT_EVENTS } from './merchant-webhook/merchant-body.js';
import type { MerchantEvent } from './merchant-webhook/merchant-body.js';
import { PANEL_EVENTS } from './panel-webhook/panel-body.js';
import type { PanelEvent } from './panel-webhook/panel-body.js';
import { PLATFORM_EVENTS } from './platform-webhook/platform-event.js';
import type { PlatformEvent } from './platform-webhook/platform-event.js';
import type { IpnStatusName } from './site-ipn/ipn-status.js';

/** The families whose notifications have a named event. A site IPN only has a status. */
export interface EventsByFamily {
  merchant_webhook: MerchantEvent;
  platform_webhook: PlatformEvent;
  panel_webhook: PanelEvent;
}

export type WebhookFamily = keyof EventsByFamily;

/** What an endpoint can subscribe to. */
export const NOTIFICATION_EVENTS: { readonly [F in WebhookFamily]: readonly EventsByFamily[F][] } = {
  merchant_webhook: MERCHANT_EVENTS,
  platform_webhook: PLATFORM_EVENTS,
  panel_webhook: PANEL_EVENTS,
};

/**
 * Events about notifications themselves, for those who look after them. They are sent where they are asked for by name: a receiver
 * that takes every event was written for payments.
 */
export const OPERATIONAL_EVENTS: readonly string[] = ['endpoint.disabled'];

type TransactionEvents = { readonly [F in WebhookFamily]: Readonly<Record<IpnStatusName, EventsByFamily[F] | undefined>> };

const CHANGED = 'transaction.status_changed';

/** Refunds and disputes of the platform family are events of their own; the panel family has no word for them. */
const TRANSACTION_EVENTS: TransactionEvents = {
  merchant_webhook: {
    ...{ initiated: CHANGED, pending_provider: CHANGED, succeeded: CHANGED, failed: CHANGED },
    ...{ cancelled: CHANGED, refunded: CHANGED, charged_back: CHANGED },
  },
  platform_webhook: {
    initiated: undefined,
    pending_provider: 'payment_processing',
    succeeded: 'payment_succeeded',
    failed: 'payment_failed',
    cancelled: 'payment_cancelled',
    refunded: undefined,
    charged_back: undefined,
  },
  panel_webhook: {
    initiated: undefined,
    pending_provider: undefined,
    succeeded: 'payment.completed',
    failed: 'payment.failed',
    cancelled: 'payment.failed',
    refunded: undefined,
    charged_back: undefined,
  },
};

/** The event that tells of a transaction's new status. Undefined where the family does not tell of it, or by other events. */
export function transactionEvent<F extends WebhookFamily>(family: F, status: IpnStatusName): EventsByFamily[F] | undefined {
  return TRANSACTION_EVENTS[family][status];
}
