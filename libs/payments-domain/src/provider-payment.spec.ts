import { describe, expect, it } from '@jest/globals';
import { judgeProviderPayment } from './provider-payment.js';

const recorded = { status: 'initiated', amount: 4900, currency: 'EUR' } as const;
const reported = { word: 'succeeded', amount: 4900, currency: 'EUR', reference: 'pay_1' } as const;

describe('judgeProviderPayment', () => {
  it.each([
    { case: 'a matching success', recorded, reported, kind: 'move' },
    { case: 'the recorded reference', recorded: { ...recorded, reference: 'pay_1' }, reported, kind: 'move' },
    { case: 'another reference', recorded: { ...recorded, reference: 'pay_0' }, reported, kind: 'contradiction', reason: /pay_0/ },
    { case: 'a smaller amount', recorded, reported: { ...reported, amount: 49 }, kind: 'contradiction', reason: /49 EUR.*4900 EUR/ },
    { case: 'a larger amount', recorded, reported: { ...reported, amount: 4901 }, kind: 'contradiction', reason: /4901/ },
    { case: 'another currency', recorded, reported: { ...reported, currency: 'USD' }, kind: 'contradiction', reason: /USD/ },
    { case: 'a wrong amount on failure', recorded, reported: { ...reported, word: 'failed' as const, amount: 1 }, kind: 'contradiction' },
    { case: 'a repetition', recorded: { ...recorded, status: 'succeeded' as const }, reported, kind: 'stay' },
    {
      case: 'a failure after the success',
      recorded: { ...recorded, status: 'succeeded' as const },
      reported: { ...reported, word: 'failed' as const },
      kind: 'contradiction',
      reason: /failed.*succeeded/,
    },
    { case: 'a late repetition after a dispute', recorded: { ...recorded, status: 'charged_back' as const }, reported, kind: 'stay' },
  ])('$case → $kind', ({ recorded: of, reported: by, kind, reason }) => {
    const verdict = judgeProviderPayment(of, by);
    expect(verdict.kind).toBe(kind);
    if (reason) expect(verdict).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});
