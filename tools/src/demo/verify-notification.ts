import type { ReceivedRequest } from '@paygate/testing';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export interface NotificationBody {
  readonly id: string;
  readonly externalReference?: string;
  readonly status: number;
  readonly schemaVersion?: number;
  readonly deliveryId?: string;
}

/**
 * Verifies a notification as a merchant would, without any code of ours: by the documented HMAC and by the published
 * `standardwebhooks` package. Throws when either disagrees.
 */
export function verifyNotification(request: ReceivedRequest, secret: string): { body: NotificationBody; proofs: string[] } {
  const header = (name: string): string => {
    const value = request.headers[name];
    if (typeof value !== 'string') throw new Error(`the notification has no ${name} header`);
    return value;
  };
  const timestamp = header('x-signature-timestamp');
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('the timestamp is more than five minutes off');
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(request.rawBody).digest();
  const given = Buffer.from(header('x-signature-hmac-sha256'), 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('X-Signature-HMAC-SHA256 is wrong');
  new Webhook(secret).verify(request.rawBody.toString(), {
    'webhook-id': header('webhook-id'),
    'webhook-timestamp': header('webhook-timestamp'),
    'webhook-signature': header('webhook-signature'),
  });
  return {
    body: JSON.parse(request.rawBody.toString()) as NotificationBody,
    proofs: ['X-Signature-HMAC-SHA256 is the HMAC of "{timestamp}.{body}"', 'webhook-signature verified by the standardwebhooks package'],
  };
}
