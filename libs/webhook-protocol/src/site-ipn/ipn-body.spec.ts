import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildIpnBody, isIpnV2, parseIpnBody } from './ipn-body.js';
import type { IpnFacts } from './ipn-body.js';
import { IPN_STATUS, ipnStatus, isIpnStatusCode } from './ipn-status.js';
import type { IpnStatusName } from './ipn-status.js';

const facts: IpnFacts = {
  transactionId: '65f1c0ffee0123456789abcd',
  externalReference: 'order-1',
  status: 'failed',
  deliveryId: 'dlv_1',
  eventVersion: 2,
  occurredAt: new Date('2026-03-01T12:00:00Z'),
  sessionPublicId: 'cs_1',
};

describe('IPN status', () => {
  it.each([
    ['cancelled', -2],
    ['initiated', -1],
    ['pending_provider', 0],
    ['succeeded', 1],
    ['failed', 2],
    ['refunded', 3],
    ['charged_back', 4],
  ] as [IpnStatusName, number][])('%s is %i', (name, code) => {
    expect(ipnStatus(name)).toBe(code);
    expect(isIpnStatusCode(code)).toBe(true);
  });

  it.each([-3, 5, 1.5, '1', null])('%p is not a status', (value) => expect(isIpnStatusCode(value)).toBe(false));
});

describe('buildIpnBody', () => {
  it('has exactly the promised fields', () => {
    expect(Object.keys(JSON.parse(buildIpnBody(1, facts)) as object)).toEqual(['id', 'externalReference', 'status']);
    expect(Object.keys(JSON.parse(buildIpnBody(2, facts)) as object)).toEqual([
      ...['id', 'externalReference', 'status'],
      ...['schemaVersion', 'deliveryId', 'eventVersion', 'occurredAt', 'sessionPublicId'],
    ]);
  });

  it.each([undefined, ''])('leaves out the reference when it is %p', (externalReference) => {
    expect(buildIpnBody(1, { ...facts, externalReference })).toBe('{"id":"65f1c0ffee0123456789abcd","status":2}');
  });

  it.each([
    ['an empty id', { transactionId: '' }],
    ['a long id', { transactionId: 'x'.repeat(65) }],
    ['a long reference', { externalReference: 'x'.repeat(65) }],
    ['event version 0', { eventVersion: 0 }],
    ['a fractional event version', { eventVersion: 1.5 }],
    ['a delivery id with a space', { deliveryId: 'dlv 1' }],
    ['a delivery id of 129 characters', { deliveryId: 'x'.repeat(129) }],
    ['an empty session', { sessionPublicId: '' }],
  ])('refuses %s', (_, wrong) => {
    expect(() => buildIpnBody(2, { ...facts, ...wrong })).toThrow(RangeError);
  });

  it('is read back as it was built, whatever the reference contains', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 32 }),
        fc.constantFrom(...(Object.keys(IPN_STATUS) as IpnStatusName[])),
        fc.integer({ min: 1 }),
        fc.constantFrom(1 as const, 2 as const),
        (externalReference, status, eventVersion, version) => {
          const body = buildIpnBody(version, { ...facts, externalReference, status, eventVersion });
          const read = parseIpnBody(body);
          expect(read).toMatchObject({ id: facts.transactionId, externalReference, status: ipnStatus(status) });
          expect(read && isIpnV2(read)).toBe(version === 2);
          expect(Buffer.from(body, 'utf8').toString('utf8')).toBe(body);
        },
      ),
    );
  });
});

describe('parseIpnBody', () => {
  const v2 = JSON.parse(buildIpnBody(2, facts)) as Record<string, unknown>;
  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no id', JSON.stringify({ status: 1 })],
    ['a textual status', JSON.stringify({ id: 'a', status: 'succeeded' })],
    ['an unknown status', JSON.stringify({ id: 'a', status: 9 })],
    ['a numeric reference', JSON.stringify({ id: 'a', status: 1, externalReference: 5 })],
    ['schema version 3', JSON.stringify({ ...v2, schemaVersion: 3 })],
    ['no delivery id', JSON.stringify({ ...v2, deliveryId: undefined })],
    ['no session', JSON.stringify({ ...v2, sessionPublicId: undefined })],
    ['event version 0', JSON.stringify({ ...v2, eventVersion: 0 })],
    ['an unreadable instant', JSON.stringify({ ...v2, occurredAt: 'yesterday' })],
  ])('refuses %s', (_, body) => expect(parseIpnBody(body)).toBeUndefined());
});
