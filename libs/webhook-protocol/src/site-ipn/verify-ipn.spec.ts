import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { makeTestHeaders } from '../make-test-headers.js';
import { generateSigningSecret, isSigningSecret } from '../signing/signing-secret.js';
import { buildIpnBody, buildIpnTestBody } from './ipn-body.js';
import { signIpn } from './sign-ipn.js';
import { verifyIpn } from './verify-ipn.js';

const now = new Date('2026-03-01T12:00:00Z');
const secret = generateSigningSecret();
const facts = {
  transactionId: 'a1',
  externalReference: 'order-1',
  status: 'succeeded',
  deliveryId: 'dlv_1',
  eventVersion: 1,
  occurredAt: now,
  sessionPublicId: 'cs_1',
} as const;
const body = buildIpnBody(2, facts);
const headers = signIpn({ secrets: [secret], timestamp: now, deliveryId: 'dlv_1', body, version: 2 });

describe('signing secrets', () => {
  it('are random, of the promised form, and accepted by the published library', () => {
    const other = generateSigningSecret();
    expect(other).not.toBe(secret);
    expect(Buffer.from(other.slice('whsec_'.length), 'base64')).toHaveLength(24);
    expect(isSigningSecret(other)).toBe(true);
    expect(() => new Webhook(other)).not.toThrow();
  });

  it.each(['', 'whsec_', 'whsec_a', 'whsec_not base64', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_ab=c'])('%p is none', (value) => {
    expect(isSigningSecret(value)).toBe(false);
    expect(() => signIpn({ secrets: [value], timestamp: now, deliveryId: 'd', body, version: 2 })).toThrow(TypeError);
  });

  it('do not appear in the error about them', () => {
    expect(() => signIpn({ secrets: ['hunter2'], timestamp: now, deliveryId: 'd', body, version: 2 })).toThrow(
      /^a signing secret is whsec_ followed by base64$/,
    );
  });

  it('must not be missing', () => {
    expect(() => signIpn({ secrets: [], timestamp: now, deliveryId: 'd', body, version: 2 })).toThrow('at least one');
  });
});

describe('verifyIpn', () => {
  it('returns what was announced', () => {
    expect(verifyIpn({ secret, headers, body, now })).toEqual({
      ok: true,
      version: 2,
      deliveryId: 'dlv_1',
      sentAt: now,
      notification: JSON.parse(body) as unknown,
    });
  });

  it.each([
    ['lower-case names, as Node delivers them', Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v]))],
    ['fetch headers', new Headers(headers)],
    ['repeated headers', { ...headers, 'X-IPN-Version': ['2', '2'] }],
  ])('accepts %s', (_, form) => expect(verifyIpn({ secret, headers: form, body: Buffer.from(body), now }).ok).toBe(true));

  it('accepts a version 1 notification that names no version', () => {
    const v1 = buildIpnBody(1, facts);
    const signed = signIpn({ secrets: [secret], timestamp: now, deliveryId: 'dlv_1', body: v1, version: 1 });
    const verified = verifyIpn({
      secret,
      headers: { ...signed, 'X-IPN-Version': undefined, 'X-IPN-Delivery-ID': undefined },
      body: v1,
      now,
    });
    expect(verified).toMatchObject({ ok: true, version: 1, deliveryId: 'dlv_1' });
  });

  it('accepts a test message, which is no payment', () => {
    const test = buildIpnTestBody({ deliveryId: 'dlv_1', occurredAt: now });
    const verified = verifyIpn({ secret, headers: makeTestHeaders({ secret, body: test, now }), body: test, now });
    expect(verified).toMatchObject({ ok: true, version: 2, deliveryId: 'dlv_1', notification: { eventType: 'ipn.test' } });
  });

  it('accepts the old secret while a new one signs as well', () => {
    const next = generateSigningSecret();
    const rotating = signIpn({ secrets: [next, secret], timestamp: now, deliveryId: 'dlv_1', body, version: 2 });
    for (const known of [secret, next, [generateSigningSecret(), secret]]) {
      expect(verifyIpn({ secret: known, headers: rotating, body, now }).ok).toBe(true);
    }
  });

  const resigned = (text: string, version: 1 | 2 = 2) => ({
    body: text,
    headers: signIpn({ secrets: [secret], timestamp: now, deliveryId: 'dlv_1', body: text, version }),
  });
  it.each([
    ['another secret', { secret: generateSigningSecret() }, 'signature_mismatch'],
    ['a changed body', { body: body.replace('"status":1', '"status":2') }, 'signature_mismatch'],
    [
      'an upper-case signature and no other',
      { headers: { ...headers, 'X-Signature-HMAC-SHA256': 'AB'.repeat(32), 'webhook-signature': '' } },
      'signature_mismatch',
    ],
    ['no signature', { headers: { ...headers, 'X-Signature-HMAC-SHA256': undefined } }, 'header_missing'],
    ['no timestamp', { headers: { ...headers, 'X-Signature-Timestamp': undefined } }, 'header_missing'],
    ['a timestamp in words', { headers: { ...headers, 'X-Signature-Timestamp': 'now' } }, 'timestamp_malformed'],
    ['another timestamp', { headers: { ...headers, 'X-Signature-Timestamp': '1772366401' } }, 'signature_mismatch'],
    ['a timestamp 301 s old', { now: new Date(now.getTime() + 301_000) }, 'timestamp_out_of_tolerance'],
    ['a timestamp 301 s ahead', { now: new Date(now.getTime() - 301_000) }, 'timestamp_out_of_tolerance'],
    ['an unknown version', { headers: { ...headers, 'X-IPN-Version': '3' } }, 'version_unknown'],
    ['a version 2 body called version 1', { headers: { ...headers, 'X-IPN-Version': '1' } }, 'version_mismatch'],
    ['a version 1 body called version 2', resigned(buildIpnBody(1, facts)), 'version_mismatch'],
    ['another delivery id', { headers: { ...headers, 'X-IPN-Delivery-ID': 'dlv_2' } }, 'delivery_id_mismatch'],
    ['another Standard Webhooks id', { headers: { ...headers, 'webhook-id': 'dlv_2' } }, 'delivery_id_mismatch'],
    ['a signed body that is no notification', resigned('hello'), 'body_unreadable'],
    [
      'a test message that names a payment',
      resigned('{"schemaVersion":2,"eventType":"ipn.test","deliveryId":"dlv_1","occurredAt":"2026-03-01T12:00:00Z","id":"a1","status":1}'),
      'body_unreadable',
    ],
    ['an unknown kind of message', resigned('{"schemaVersion":2,"eventType":"ipn.other","deliveryId":"dlv_1"}'), 'body_unreadable'],
  ] as const)('refuses %s', (_, wrong, reason) => {
    expect(verifyIpn({ secret, headers, body, now, ...wrong })).toEqual({ ok: false, reason });
  });

  it('holds the tolerance to the second and lets it be changed', () => {
    expect(verifyIpn({ secret, headers, body, now: new Date(now.getTime() + 300_000) }).ok).toBe(true);
    expect(verifyIpn({ secret, headers, body, now: new Date(now.getTime() + 11_000), toleranceSeconds: 10 }).ok).toBe(false);
  });

  it('never throws for what a stranger sends', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(headers)), fc.string()), fc.string(), (stranger, text) => {
        expect(verifyIpn({ secret, headers: { ...headers, ...stranger }, body: text, now }).ok).toBe(false);
      }),
    );
  });
});

describe('makeTestHeaders', () => {
  it.each([1, 2] as const)('makes headers of a version %i body that verify', (version) => {
    const text = buildIpnBody(version, facts);
    expect(verifyIpn({ secret, headers: makeTestHeaders({ secret, body: text }), body: text })).toMatchObject({ ok: true, version });
  });

  it('can make stale ones', () => {
    expect(verifyIpn({ secret, headers: makeTestHeaders({ secret, body, now }), body, now: new Date('2026-03-02T00:00:00Z') }).ok).toBe(
      false,
    );
  });
});
