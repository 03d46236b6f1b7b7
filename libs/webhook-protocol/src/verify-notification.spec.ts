import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildNotificationBody } from './build-notification-body.js';
import type { NotificationContent } from './build-notification-body.js';
import { newDeliveryId } from './delivery-id.js';
import { judgeAnswer } from './judge-answer.js';
import { makeTestHeaders } from './make-test-headers.js';
import { NOTIFICATION_FAMILIES } from './notification-family.js';
import type { NotificationFamily } from './notification-family.js';
import { hasPlatformSignature } from './platform-webhook/verify-platform-webhook.js';
import { NOTIFICATION_HEADERS, signNotification } from './sign-notification.js';
import type { NotificationToSign } from './sign-notification.js';
import { EVENT_HEADERS, hasEventSignature } from './signing/event-headers.js';
import type { ReceivedNotification } from './signing/received.js';
import { generateSigningSecret, isResponseHashKey } from './signing/signing-secret.js';
import { verifyNotification } from './verify-notification.js';

const now = new Date('2026-03-01T12:00:00Z');
const deliveryId = newDeliveryId(now);
const dates = { createdAt: now, updatedAt: now };
/** A character that is also what broken UTF-8 is repaired to: the bytes count, not the text. */
const ODD = 'ä\ufffd№';

const contents: Record<NotificationFamily, NotificationContent> = {
  site_ipn: {
    family: 'site_ipn',
    version: 2,
    facts: {
      ...{ transactionId: 't1', externalReference: ODD, status: 'succeeded', deliveryId, eventVersion: 1 },
      ...{ occurredAt: now, sessionPublicId: 'cs_1' },
    },
  },
  merchant_webhook: {
    family: 'merchant_webhook',
    facts: {
      ...{ event: 'transaction.status_changed', transactionId: 'TX1', orderId: ODD, status: 'succeeded' },
      ...{ amount: 9900, currency: 'USD', ...dates },
    },
  },
  platform_webhook: {
    family: 'platform_webhook',
    facts: {
      ...{ event: 'payment_succeeded', merchantId: 'm1', eventId: 'evt_1', occurredAt: now },
      payment: { paymentId: 'p1', amount: 9900, amountReceived: 9900, currency: 'USD', orderReference: ODD, createdAt: now },
    },
  },
  panel_webhook: {
    family: 'panel_webhook',
    facts: { event: 'payment.completed', orderId: ODD, amount: 9900, currency: 'INR', payer: 'Jane', occurredAt: now },
  },
};

function attempt(
  family: NotificationFamily,
  secrets: readonly string[],
  body = buildNotificationBody(contents[family]),
): NotificationToSign {
  const base = { secrets, timestamp: now, deliveryId, body };
  if (family === 'site_ipn') return { ...base, family, version: 2 };
  if (family === 'platform_webhook') return { ...base, family };
  return { ...base, family, event: family === 'merchant_webhook' ? 'transaction.status_changed' : 'payment.completed' };
}

const secret = generateSigningSecret();
const received = (family: NotificationFamily, secrets: readonly string[] = [secret], body?: string): ReceivedNotification => {
  const signed = attempt(family, secrets, body);
  return { secret, headers: signNotification(signed), body: Buffer.from(signed.body), now };
};
const isOk = (family: NotificationFamily, input: ReceivedNotification): boolean => verifyNotification(family, input).ok;
const secretLists = fc.array(
  fc.uint8Array({ minLength: 24, maxLength: 32 }).map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`),
  {
    minLength: 1,
    maxLength: 5,
  },
);

describe.each(NOTIFICATION_FAMILIES)('%s', (family) => {
  const genuine = received(family);
  const bytes = Buffer.from(genuine.body);

  it('is genuine as it was signed', () => expect(isOk(family, genuine)).toBe(true));

  it('is refused when any byte of the body has changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        expect(isOk(family, { ...genuine, body: changed })).toBe(false);
      }),
    );
  });

  it('is refused when bytes were added or taken away', () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), fc.uint8Array({ maxLength: 4 }), (at, added) => {
        const longer = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
        expect(isOk(family, { ...genuine, body: longer })).toBe(added.length === 0);
        expect(isOk(family, { ...genuine, body: bytes.subarray(0, at) })).toBe(at === bytes.length);
      }),
    );
  });

  it('is refused when broken UTF-8 stands where its repair was signed', () => {
    const replacement = Buffer.from('\ufffd');
    const at = bytes.indexOf(replacement);
    const broken = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + replacement.length)]);
    expect(broken.toString()).toBe(bytes.toString());
    expect(isOk(family, { ...genuine, body: broken })).toBe(false);
  });

  it('is refused when any character of id, timestamp or signature has changed', () => {
    const headers = Object.fromEntries(
      // Its own signature is left out: one of the two is enough, and here both must not be changed in vain.
      Object.entries(genuine.headers as Record<string, string>).map(([name, value]) => [
        name,
        name === 'X-Signature-HMAC-SHA256' ? '0' : value,
      ]),
    );
    expect(isOk(family, { ...genuine, headers })).toBe(true);
    fc.assert(
      fc.property(
        fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature'),
        fc.nat(),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
        (name, where, character) => {
          const value = headers[name] ?? '';
          const at = where % value.length;
          const changed = value.slice(0, at) + character + value.slice(at + 1);
          expect(isOk(family, { ...genuine, headers: { ...headers, [name]: changed } })).toBe(changed === value);
        },
      ),
    );
  });

  it('verifies with any live secret, among any others, in any order', () => {
    fc.assert(
      fc.property(secretLists, secretLists, fc.nat(), (live, strangers, pick) => {
        const known = live[pick % live.length] ?? '';
        const input = received(family, live);
        expect(isOk(family, { ...input, secret: known })).toBe(true);
        expect(isOk(family, { ...input, secret: [...strangers, known] })).toBe(true);
        expect(isOk(family, { ...input, secret: [known, ...strangers] })).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('has the same Standard Webhooks signatures in whatever order the secrets live', () => {
    fc.assert(
      fc.property(secretLists, (live) => {
        const signatures = (secrets: readonly string[]): string[] =>
          (signNotification(attempt(family, secrets))['webhook-signature'] ?? '').split(' ').sort();
        expect(signatures([...live].reverse())).toEqual(signatures(live));
      }),
      { numRuns: 30 },
    );
  });

  it('is refused with a secret that does not live', () => {
    expect(verifyNotification(family, { ...genuine, secret: generateSigningSecret() })).toEqual({
      ok: false,
      reason: 'signature_mismatch',
    });
  });

  it.each([
    [300, true],
    [-300, true],
    [301, false],
    [-301, false],
  ])('%i s after the attempt: %p', (seconds, ok) => {
    expect(isOk(family, { ...genuine, now: new Date(now.getTime() + seconds * 1000) })).toBe(ok);
  });

  it('is never the cause of an exception, whatever a stranger sends', () => {
    const names = [...NOTIFICATION_HEADERS];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), fc.uint8Array(), (stranger, body) => {
        expect(isOk(family, { ...genuine, headers: { ...(genuine.headers as Record<string, string>), ...stranger }, body })).toBe(false);
        expect(isOk(family, { ...genuine, headers: stranger, body })).toBe(false);
      }),
    );
  });

  it.each([
    ['no list of secrets', []],
    ['a malformed secret', 'hunter2'],
  ])('tells the receiver of its own mistake: %s', (_, wrong) => {
    expect(() => verifyNotification(family, { ...genuine, secret: wrong })).toThrow(TypeError);
    expect(() => signNotification(attempt(family, typeof wrong === 'string' ? [wrong] : wrong))).toThrow(TypeError);
  });

  it('has test headers that verify', () => {
    const body = bytes.toString();
    const headers = makeTestHeaders({ family, secret, body } as Parameters<typeof makeTestHeaders>[0]);
    expect(isOk(family, { secret, headers, body })).toBe(true);
    const stale = makeTestHeaders({ family, secret, body, now } as Parameters<typeof makeTestHeaders>[0]);
    expect(verifyNotification(family, { secret, headers: stale, body })).toEqual({ ok: false, reason: 'timestamp_out_of_tolerance' });
  });

  it('only has headers that are known as ours', () => {
    for (const name of Object.keys(signNotification(attempt(family, [secret])))) expect(NOTIFICATION_HEADERS).toContain(name.toLowerCase());
  });

  it('is acknowledged by 200', () => expect(judgeAnswer(family, { status: 200 }, now)).toEqual({ outcome: 'delivered' }));
});

describe.each(['merchant_webhook', 'panel_webhook'] as const)('%s', (family) => {
  const genuine = received(family);

  it.each(Object.values(EVENT_HEADERS).filter((name) => name !== EVENT_HEADERS.signature))('is refused when %s contradicts it', (name) => {
    const headers = { ...(genuine.headers as Record<string, string>), [name]: 'other' };
    expect(verifyNotification(family, { ...genuine, headers })).toEqual({ ok: false, reason: 'header_mismatch' });
  });

  it('is refused without its Standard Webhooks signature: its own does not cover the time', () => {
    const headers = { ...(genuine.headers as Record<string, string>), 'webhook-signature': undefined };
    expect(hasEventSignature({ ...genuine, headers })).toBe(true);
    expect(verifyNotification(family, { ...genuine, headers })).toEqual({ ok: false, reason: 'header_missing' });
  });

  it.each([
    ['[]', 'body_unreadable'],
    ['null', 'body_unreadable'],
    ['hello', 'body_unreadable'],
    ['{"event":"payment.invented"}', 'event_unknown'],
    ['{}', 'event_unknown'],
  ])('of the body %s is refused as %s', (body, reason) => {
    const input = received(family, [secret], body);
    const headers = { ...(input.headers as Record<string, string>), 'X-Webhook-Event': undefined };
    expect(verifyNotification(family, { ...input, headers })).toEqual({ ok: false, reason });
  });

  it('has a signature of its own that the current secret made', () => {
    const rotating = received(family, [secret, generateSigningSecret()]);
    expect(hasEventSignature(rotating)).toBe(true);
    expect(hasEventSignature({ ...rotating, secret: generateSigningSecret() })).toBe(false);
    expect(hasEventSignature({ ...rotating, headers: {} })).toBe(false);
    expect(hasEventSignature({ ...rotating, body: 'other' })).toBe(false);
  });

  it.each(['', 'a b', 'a\r\nX-Evil: 1', 'Ä', 'x'.repeat(65)])('cannot be signed for the event %p', (event) => {
    const signed = { ...attempt(family, [secret]), event } as NotificationToSign;
    expect(() => signNotification(signed)).toThrow(RangeError);
  });

  it('cannot be signed for a delivery id that has no UUID', () => {
    expect(() => signNotification({ ...attempt(family, [secret]), deliveryId: 'dlv_1' })).toThrow(RangeError);
  });

  it('can be signed around any text, for a receiver that must refuse it', () => {
    const headers = makeTestHeaders({ family, secret, body: 'hello' });
    expect(verifyNotification(family, { secret, headers, body: 'hello' })).toEqual({ ok: false, reason: 'body_unreadable' });
  });
});

describe('platform_webhook', () => {
  const signed = attempt('platform_webhook', [secret]) as NotificationToSign & { family: 'platform_webhook' };

  it('can be signed with the response hash key of a merchant', () => {
    const hashKey = 'ExampleResponseHashKey0fPaygate0123456789abcdefghijklmnopqrstuvw';
    expect(isResponseHashKey(hashKey)).toBe(true);
    const input = { ...received('platform_webhook', [hashKey]), secret: hashKey };
    expect(isOk('platform_webhook', input)).toBe(true);
    expect(hasPlatformSignature(input)).toBe(true);
    expect(hasPlatformSignature({ ...input, secret })).toBe(false);
    expect(hasPlatformSignature({ ...input, headers: {} })).toBe(false);
  });

  it.each(['', 'short', 'x'.repeat(31), 'x'.repeat(33), `${'x'.repeat(31)}_`])('%p is no response hash key', (key) => {
    expect(isResponseHashKey(key)).toBe(false);
  });

  it('carries user name and password when there are some', () => {
    expect(signNotification(signed)).not.toHaveProperty('Authorization');
    const headers = signNotification({ ...signed, credentials: { username: 'ekart', password: 'pä:ss' } });
    expect(headers['Authorization']).toBe(`Basic ${Buffer.from('ekart:pä:ss').toString('base64')}`);
  });

  it.each([
    ['a colon in the name', { username: 'a:b', password: 'c' }],
    ['a line break', { username: 'a', password: 'b\r\nX-Evil: 1' }],
  ])('is not signed with %s', (_, credentials) => {
    expect(() => signNotification({ ...signed, credentials })).toThrow(RangeError);
  });

  it('of an unknown kind is genuine but refused by name', () => {
    const input = received('platform_webhook', [secret], '{"event_type":"payment_invented"}');
    expect(verifyNotification('platform_webhook', input)).toEqual({ ok: false, reason: 'event_unknown' });
  });
});
