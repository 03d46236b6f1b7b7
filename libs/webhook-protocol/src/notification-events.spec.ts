import { describe, expect, it } from '@jest/globals';
import { NOTIFICATION_EVENTS, OPERATIONAL_EVENTS, transactionEvent } from './notification-events.js';
import type { WebhookFamily } from './notification-events.js';
import { IPN_STATUS } from './site-ipn/ipn-status.js';
import type { IpnStatusName } from './site-ipn/ipn-status.js';

describe('transactionEvent', () => {
  it.each([
    ['initiated', undefined, undefined],
    ['pending_provider', 'payment_processing', undefined],
    ['succeeded', 'payment_succeeded', 'payment.completed'],
    ['failed', 'payment_failed', 'payment.failed'],
    ['cancelled', 'payment_cancelled', 'payment.failed'],
    ['refunded', undefined, undefined],
    ['charged_back', undefined, undefined],
  ] as const)('tells of %s by %s and %s', (status, platform, panel) => {
    expect(transactionEvent('merchant_webhook', status)).toBe('transaction.status_changed');
    expect(transactionEvent('platform_webhook', status)).toBe(platform);
    expect(transactionEvent('panel_webhook', status)).toBe(panel);
  });

  it('only names events an endpoint can subscribe to', () => {
    for (const family of Object.keys(NOTIFICATION_EVENTS) as WebhookFamily[]) {
      for (const status of Object.keys(IPN_STATUS) as IpnStatusName[]) {
        const event = transactionEvent(family, status);
        if (event) expect(NOTIFICATION_EVENTS[family]).toContain(event);
        if (event) expect(OPERATIONAL_EVENTS).not.toContain(event);
      }
    }
  });
});
