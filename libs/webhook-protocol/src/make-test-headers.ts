import { newDeliveryId } from './delivery-id.js';
import type { NotificationFamily } from './notification-family.js';
import type { BasicCredentials } from './platform-webhook/sign-platform-webhook.js';
import { readObject } from './signing/received.js';
import { signNotification } from './sign-notification.js';
import { isIpnTest, isIpnV2, parseIpnBody } from './site-ipn/ipn-body.js';
import { signIpn } from './site-ipn/sign-ipn.js';
import type { IpnHeaders } from './site-ipn/sign-ipn.js';

export interface TestHeadersInput {
  secret: string;
  /** The body your test posts, byte for byte. */
  body: string;
  /** Default: the present. An old instant lets you test that your receiver refuses it. */
  now?: Date;
  /** Default: the `deliveryId` of the body of an IPN of version 2, `dlv_test` for version 1, else a new id. */
  deliveryId?: string;
}

export interface WebhookTestHeadersInput extends TestHeadersInput {
  family: Exclude<NotificationFamily, 'site_ipn'>;
  /** What an endpoint of the platform family was configured with. */
  credentials?: BasicCredentials;
}

/** The headers paygate would send with this body, for the tests of a receiver. Without a family: those of a site IPN. */
export function makeTestHeaders(input: TestHeadersInput & { family?: 'site_ipn' }): IpnHeaders;
export function makeTestHeaders(input: WebhookTestHeadersInput): Record<string, string>;
export function makeTestHeaders(input: WebhookTestHeadersInput | (TestHeadersInput & { family?: 'site_ipn' })): Record<string, string> {
  const { family } = input;
  if (family === undefined || family === 'site_ipn') return ipnTestHeaders(input);
  const timestamp = input.now ?? new Date();
  const { body, secret } = input;
  const attempt = { secrets: [secret], timestamp, deliveryId: input.deliveryId ?? newDeliveryId(timestamp), body };
  if (family === 'platform_webhook') return signNotification({ ...attempt, family, credentials: input.credentials });
  const event = readObject(Buffer.from(body, 'utf8'))?.['event'];
  // A body that is no webhook can be signed too: the receiver under test has to refuse it by itself.
  return signNotification({ ...attempt, family, event: typeof event === 'string' ? event : 'webhook.test' });
}

function ipnTestHeaders(input: TestHeadersInput): IpnHeaders {
  const notification = parseIpnBody(input.body);
  const second = notification && (isIpnV2(notification) || isIpnTest(notification)) ? notification : undefined;
  return signIpn({
    secrets: [input.secret],
    timestamp: input.now ?? new Date(),
    deliveryId: input.deliveryId ?? second?.deliveryId ?? 'dlv_test',
    body: input.body,
    version: second ? 2 : 1,
  });
}
