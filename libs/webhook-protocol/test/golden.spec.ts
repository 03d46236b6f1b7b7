import { describe, expect, it } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { buildNotificationBody } from '../src/build-notification-body.js';
import { deliveryUuid } from '../src/delivery-id.js';
import { NOTIFICATION_FAMILIES } from '../src/notification-family.js';
import { goldenDirectory, goldenFiles } from './golden-files.js';
import { signNotification } from '../src/sign-notification.js';
import { verifyNotification } from '../src/verify-notification.js';

const hmac = (algorithm: 'sha256' | 'sha512', key: string, text: string): string =>
  createHmac(algorithm, key).update(text, 'utf8').digest('hex');

describe('the golden notifications', () => {
  it('never change: a file that was published has the digest it was published with', () => {
    const sums = readFileSync(join(goldenDirectory, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const found = readdirSync(goldenDirectory)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(
        (name) =>
          `${createHash('sha256')
            .update(readFileSync(join(goldenDirectory, name)))
            .digest('hex')}  ${name}`,
      );
    expect(found).toEqual(sums);
  });

  it('show every family', () => {
    expect(new Set(goldenFiles.map(({ content }) => content.family))).toEqual(new Set(NOTIFICATION_FAMILIES));
    expect(goldenFiles).toHaveLength(21);
  });

  describe.each(goldenFiles.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const { content, secrets, body, headers, deliveryId } = golden;
    const own = (text: string): string => headers[text] ?? `no header ${text}`;
    const isUuid = content.family === 'merchant_webhook' || content.family === 'panel_webhook';
    const receivedId = isUuid ? deliveryUuid(deliveryId) : deliveryId;

    it('has the body we build, byte for byte', () => expect(buildNotificationBody(content)).toBe(body));

    it('has the headers we sign', () => expect(signNotification(golden.attempt)).toEqual(headers));

    it('verifies by the documented HMAC of its family', () => {
      const [current] = secrets;
      switch (content.family) {
        case 'site_ipn':
          expect(own('X-Signature-HMAC-SHA256')).toBe(hmac('sha256', current, `${own('X-Signature-Timestamp')}.${body}`));
          break;
        case 'platform_webhook':
          expect(own('x-webhook-signature-512')).toBe(hmac('sha512', current, body));
          expect(own('x-webhook-signature-256')).toBe(hmac('sha256', current, body));
          break;
        default:
          expect(own('X-Webhook-Signature')).toBe(`sha256=${hmac('sha256', current, body)}`);
      }
    });

    it('verifies by the published Standard Webhooks library with each live secret', () => {
      const fresh = signNotification({ ...golden.attempt, timestamp: new Date() });
      for (const secret of secrets) {
        const webhook = new Webhook(secret);
        expect(webhook.verify(body, fresh)).toEqual(JSON.parse(body));
        // The library only verifies fresh timestamps; of the recorded ones it can make the same signature.
        expect(own('webhook-signature').split(' ')).toContain(webhook.sign(receivedId, golden.attempt.timestamp, body));
      }
      expect(() => new Webhook('whsec_c29tZWJvZHkgZWxzZSdzIGtleSE=').verify(body, fresh)).toThrow('No matching signature');
    });

    it('verifies by this library with each live secret', () => {
      for (const secret of secrets) {
        const verified = verifyNotification(content.family, { secret, headers, body, now: golden.attempt.timestamp });
        expect(verified).toMatchObject({ ok: true, deliveryId: receivedId, notification: JSON.parse(body) as unknown });
      }
    });
  });
});
