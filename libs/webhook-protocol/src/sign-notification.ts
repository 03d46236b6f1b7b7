import { signPlatformWebhook, PLATFORM_HEADERS } from './platform-webhook/sign-platform-webhook.js';
import type { BasicCredentials } from './platform-webhook/sign-platform-webhook.js';
import type { AttemptToSign } from './signing/attempt.js';
import { EVENT_HEADERS, signEvent } from './signing/event-headers.js';
import type { IpnVersion } from './site-ipn/ipn-body.js';
import { IPN_HEADERS, signIpn } from './site-ipn/sign-ipn.js';

/** One attempt of any family. */
export type NotificationToSign = AttemptToSign &
  (
    | { family: 'site_ipn'; version: IpnVersion }
    /** `event`: as in the body. */
    | { family: 'merchant_webhook' | 'panel_webhook'; event: string }
    | { family: 'platform_webhook'; credentials?: BasicCredentials }
  );

/**
 * The headers of one attempt, by the names they are sent with. Every family has those of Standard Webhooks beside its own;
 * what holds a single signature is made with the current secret, `webhook-signature` has one for each live secret.
 * @throws TypeError for a missing or malformed secret
 * @throws RangeError for a value that cannot stand in a header of the family
 */
export function signNotification(attempt: NotificationToSign): Record<string, string> {
  switch (attempt.family) {
    case 'site_ipn':
      return signIpn(attempt);
    case 'merchant_webhook':
    case 'panel_webhook':
      return signEvent(attempt);
    case 'platform_webhook':
      return { ...signPlatformWebhook(attempt) };
  }
}

/** Every header a notification can carry for its proof, in lower case. Headers a merchant adds must not take these names. */
export const NOTIFICATION_HEADERS: ReadonlySet<string> = new Set(
  [...Object.values(IPN_HEADERS), ...Object.values(EVENT_HEADERS), ...Object.values(PLATFORM_HEADERS)].map((name) => name.toLowerCase()),
);
