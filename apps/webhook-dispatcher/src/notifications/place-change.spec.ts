import { describe, expect, it } from '@jest/globals';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { OpenDelivery } from '../deliveries/index.js';
import { placeChange } from './place-change.js';

const now = new Date('2026-03-01T12:00:00Z');

/** `a2 failed` is version 2 of transaction a; `*` marks one that is on the wire, `+` one that was tried before. */
function open(text: string): OpenDelivery {
  const [, transactionId = '', version = '', status = '', mark = ''] = /^([a-z])(\d) (\w+)([*+]?)$/.exec(text) ?? [];
  return {
    id: `${transactionId}${version}`,
    transactionId,
    eventVersion: Number(version),
    status: status as TransactionStatus,
    state: mark === '*' ? 'sending' : 'scheduled',
    origin: 'https://shop.example',
    attemptCount: mark === '+' ? 1 : 0,
    nextAttemptAt: mark === '*' ? null : now,
    obsolete: false,
  };
}

interface Case {
  name: string;
  paid?: boolean;
  seen?: Record<string, number>;
  open?: string[];
  change: string;
  announce: boolean;
  supersedes?: string[];
  waitsFor?: string;
}

const cases: Case[] = [
  { name: 'the first state of a payment', change: 'a2 pending_provider', announce: true },
  { name: 'a success', change: 'a2 succeeded', announce: true },
  { name: 'a failure of an unpaid order', change: 'a2 failed', announce: true },
  { name: 'a failure of a paid order', paid: true, change: 'b2 failed', announce: false },
  { name: 'a late cancel of another tab', paid: true, change: 'b2 cancelled', announce: false },
  { name: 'a second attempt that is pending, its end could not be told', paid: true, change: 'b2 pending_provider', announce: false },
  { name: 'a second payment that succeeds', paid: true, change: 'b2 succeeded', announce: true },
  { name: 'a refund of the paid transaction', paid: true, seen: { a: 2 }, change: 'a3 refunded', announce: true },
  { name: 'a chargeback of the paid transaction', paid: true, seen: { a: 2 }, change: 'a3 charged_back', announce: true },
  {
    name: 'a success replaces what its own transaction has not delivered',
    seen: { a: 2 },
    open: ['a2 failed+'],
    change: 'a3 succeeded',
    announce: true,
    supersedes: ['a2'],
  },
  {
    name: 'a success replaces the failures and cancels of other attempts of the reference',
    seen: { a: 2, b: 3 },
    open: ['a2 failed+', 'b2 pending_provider', 'b3 cancelled*'],
    change: 'c2 succeeded',
    announce: true,
    supersedes: ['a2', 'b2', 'b3'],
  },
  {
    name: 'a success leaves another success alone',
    paid: true,
    seen: { a: 2 },
    open: ['a2 succeeded+'],
    change: 'b2 succeeded',
    announce: true,
  },
  {
    name: 'a failure replaces the pending before it',
    seen: { a: 2 },
    open: ['a2 pending_provider+'],
    change: 'a3 failed',
    announce: true,
    supersedes: ['a2'],
  },
  { name: 'a failure leaves other attempts alone', seen: { a: 2 }, open: ['a2 failed+'], change: 'b2 failed', announce: true },
  {
    name: 'a refund waits for the success before it',
    paid: true,
    seen: { a: 2 },
    open: ['a2 succeeded+'],
    change: 'a3 refunded',
    announce: true,
    waitsFor: 'a2',
  },
  {
    name: 'a refund waits for a success on the wire',
    paid: true,
    seen: { a: 2 },
    open: ['a2 succeeded*'],
    change: 'a3 refunded',
    announce: true,
    waitsFor: 'a2',
  },
  {
    name: 'a dispute that was won replaces the chargeback that did not arrive',
    paid: true,
    seen: { a: 3 },
    open: ['a2 succeeded+', 'a3 charged_back'],
    change: 'a4 succeeded',
    announce: true,
    supersedes: ['a2', 'a3'],
  },
  { name: 'an older state that comes late', seen: { a: 3 }, open: ['a3 failed'], change: 'a2 pending_provider', announce: false },
  { name: 'the same state told again', seen: { a: 2 }, change: 'a2 succeeded', paid: true, announce: false },
  { name: 'a late success whose refund was already sent', paid: true, seen: { a: 3 }, change: 'a2 succeeded', announce: false },
  {
    name: 'a late success whose refund was tried',
    paid: true,
    seen: { a: 3 },
    open: ['a3 refunded+'],
    change: 'a2 succeeded',
    announce: false,
  },
  {
    name: 'a late success whose refund is on the wire',
    paid: true,
    seen: { a: 3 },
    open: ['a3 refunded*'],
    change: 'a2 succeeded',
    announce: false,
  },
  {
    name: 'a late success whose refund was never tried',
    paid: true,
    seen: { a: 3 },
    open: ['a3 refunded'],
    change: 'a2 succeeded',
    announce: true,
  },
  {
    name: 'a late success still withdraws failures',
    seen: { a: 3 },
    open: ['b2 failed'],
    change: 'a2 succeeded',
    announce: false,
    supersedes: ['b2'],
  },
];

describe('placeChange', () => {
  it.each(cases)('$name', ({ paid = false, seen = {}, open: texts = [], change, announce, supersedes = [], waitsFor }) => {
    const { transactionId, eventVersion, status } = open(change);
    const placement = placeChange(
      { paid, seen: new Map(Object.entries(seen)), open: texts.map(open) },
      { transactionId, eventVersion, status },
    );
    expect(placement.announce).toBe(announce);
    expect(placement.supersedes.map((delivery) => delivery.id)).toEqual(supersedes);
    expect('waitsFor' in placement ? placement.waitsFor : undefined).toBe(waitsFor);
  });

  it('does not count what was withdrawn while on the wire', () => {
    const withdrawn = { ...open('a2 failed*'), obsolete: true };
    const placement = placeChange(
      { paid: true, seen: new Map([['a', 2]]), open: [withdrawn] },
      { transactionId: 'a', eventVersion: 3, status: 'succeeded' },
    );
    expect(placement).toEqual({ announce: true, supersedes: [] });
  });
});
