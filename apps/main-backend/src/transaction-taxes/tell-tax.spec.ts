import { describe, expect, it } from '@jest/globals';
import { TenantScope } from '@paygate/kernel';
import type { TaxMoved } from '@paygate/messages';
import { DEFAULT_TAX_SETTINGS, TaxEngine } from '@paygate/tax';
import type { TaxConfiguration, TaxInput, TaxSettings } from '@paygate/tax';
import fc from 'fast-check';
import type { TaxDecision, TaxMovement } from './tax-decision.js';
import type { TaxedPayment } from './taxed-payment.js';
import { taxToTell } from './tell-tax.js';

const scope = TenantScope.of('507f1f77bcf86cd799439001', true);
const at = (day: number): Date => new Date(Date.UTC(2026, 2, day, 10));
const AMOUNT = 5280;

const CONFIGURATION: TaxConfiguration = {
  settings: { ...DEFAULT_TAX_SETTINGS, enabled: true, sellerCountry: 'DE' },
  rates: [
    { id: 'r1', country: 'DE', code: 'DE_STANDARD', type: 'vat', rate: 19, validFrom: '2021-01-01' },
    { id: 'r2', country: 'DE', code: 'DE_REDUCED', type: 'vat', rate: 7, validFrom: '2021-01-01' },
  ],
  rules: [],
};

const INPUT: TaxInput = {
  currency: 'EUR',
  taxPoint: '2026-02-28T23:00:00.000Z',
  buyer: { country: 'DE' },
  lines: [
    { id: '1', itemType: 'digital_service', quantity: 3, unitPrice: 990, amountType: 'gross' },
    { id: '2', itemType: 'goods', quantity: 7, unitPrice: 330, amountType: 'gross', rateCode: 'reduced' },
  ],
};

function decisionOf(input: TaxInput = INPUT, settings: Partial<TaxSettings> = {}): TaxDecision {
  const configuration = { ...CONFIGURATION, settings: { ...CONFIGURATION.settings, ...settings } };
  const outcome = new TaxEngine(configuration).calculate(input);
  const result = outcome.ok ? { calculation: outcome.calculation } : { problems: outcome.problems };
  const origin = outcome.ok ? 'calculated' : 'unknown';
  return { scope, transactionId: 't', version: 1, calculatedAt: at(1), origin, input, configuration, ...result };
}

const DECISION = decisionOf();
const UNKNOWN = decisionOf({ ...INPUT, buyer: { country: 'QQ' } });

const payment = (changes: Partial<TaxedPayment> = {}): TaxedPayment => ({
  ...{ id: 't', scope, siteId: 's', checkoutId: 'c', amount: AMOUNT, currency: 'EUR', taxVersion: 1 },
  ...{ status: 'succeeded', succeededAt: at(2), updatedAt: at(2), refunds: [], chargebacks: [] },
  ...changes,
});

/** Tells what a list of states means, one after the other. */
function tell(states: readonly TaxedPayment[], decisions: TaxDecision | readonly TaxDecision[] = DECISION): TaxMovement[] {
  const told: TaxMovement[] = [];
  states.forEach((state, index) => {
    const decision = Array.isArray(decisions) ? (decisions[index] as TaxDecision) : (decisions as TaxDecision);
    told.push(...taxToTell(decision, state, told));
  });
  return told;
}

/** What stands of everything told: of every source its highest version, whatever the order. */
function standing(told: readonly TaxMovement[]): TaxMoved[] {
  const bySource = new Map<string, TaxMoved>();
  for (const { moved } of told) {
    const known = bySource.get(moved.sourceId);
    if (!known || known.taxVersion < moved.taxVersion) bySource.set(moved.sourceId, moved);
  }
  return [...bySource.values()].filter(({ voided }) => !voided);
}

/** Net and tax of each row, and what is untaxed, over everything that stands. */
function sums(told: readonly TaxMovement[]): Record<string, number> {
  const result: Record<string, number> = {};
  const add = (key: string, amount: number): void => {
    if (amount !== 0 || result[key] !== undefined) result[key] = (result[key] ?? 0) + amount;
  };
  for (const { breakdown, untaxed } of standing(told)) {
    for (const row of breakdown) {
      add(`${row.taxRateCode} net`, row.taxableBase);
      add(`${row.taxRateCode} tax`, row.taxAmount);
    }
    add('untaxed', untaxed);
  }
  return result;
}

const nothing = (told: readonly TaxMovement[]): void => expect(Object.values(sums(told)).filter((amount) => amount !== 0)).toEqual([]);

describe('taxToTell', () => {
  it('says nothing of what is not paid', () => {
    for (const status of ['initiated', 'pending_provider', 'failed', 'cancelled'] as const) {
      expect(tell([payment({ status })])).toEqual([]);
    }
  });

  it('tells a sale once, at its tax point', () => {
    const [told, ...others] = tell([payment(), payment()]);
    expect(others).toEqual([]);
    expect(told?.moved).toMatchObject({
      ...{ id: 'transaction-t-1', sourceKind: 'transaction', sourceId: 't', transactionId: 't', checkoutId: 'c', siteId: 's' },
      ...{ organizationId: scope.organizationId, livemode: true, taxVersion: 1, currency: 'EUR', untaxed: 0 },
      ...{ recognizedAt: '2026-02-28T23:00:00.000Z', recognitionMode: 'accrual' },
      parties: { sellerCountry: 'DE', buyerCountry: 'DE', buyerType: 'B2C' },
    });
    expect(sums(tell([payment()]))).toEqual({
      'DE_STANDARD net': 2496,
      'DE_STANDARD tax': 474,
      'DE_REDUCED net': 2159,
      'DE_REDUCED tax': 151,
    });
  });

  it('counts a sale when it was paid where tax is owed for what was received', () => {
    const [told] = tell([payment()], decisionOf(INPUT, { recognitionMode: 'cash' }));
    expect(told?.moved).toMatchObject({ recognizedAt: at(2).toISOString(), recognitionMode: 'cash' });
  });

  it('tells nothing while tax is not enabled, and takes back what was told before', () => {
    const off: TaxDecision = { ...DECISION, configuration: { ...CONFIGURATION, settings: { ...CONFIGURATION.settings, enabled: false } } };
    expect(tell([payment()], off)).toEqual([]);
    const told = tell([payment(), payment()], [DECISION, off]);
    expect(told.map(({ moved }) => [moved.id, moved.voided ?? false])).toEqual([
      ['transaction-t-1', false],
      ['transaction-t-2', true],
    ]);
    expect(standing(told)).toEqual([]);
  });

  it('takes everything back of a payment that its owner deleted', () => {
    const told = tell([payment(), payment({ deletedAt: at(3) })]);
    expect(told.at(-1)?.moved).toMatchObject({ id: 'transaction-t-2', voided: true, breakdown: [], untaxed: 0 });
  });

  it('tells of a payment whose tax nobody knows that it is untaxed', () => {
    const refunds = [{ id: 'r', status: 'succeeded', amount: 1000, at: at(4) }] as const;
    const told = tell([payment(), payment({ refunds })], UNKNOWN);
    expect(told.map(({ moved }) => [moved.sourceKind, moved.breakdown, moved.untaxed])).toEqual([
      ['transaction', [], AMOUNT],
      ['refund', [], -1000],
    ]);
    expect(told[0]?.moved.parties).toMatchObject({ sellerCountry: 'DE', buyerCountry: 'QQ', buyerType: 'B2C' });
  });

  it('tells nothing of a refund on its way, and takes back one that came back', () => {
    const share = (status: 'pending' | 'succeeded' | 'failed') => [{ id: 'r', status, amount: 1000, at: at(4) }];
    expect(tell([payment(), payment({ refunds: share('pending') })])).toHaveLength(1);
    const told = tell([payment(), payment({ refunds: share('succeeded') }), payment({ refunds: share('failed') })]);
    expect(told.map(({ moved }) => moved.saleRecognizedAt)).toEqual([undefined, '2026-02-28T23:00:00.000Z', '2026-02-28T23:00:00.000Z']);
    expect(told.map(({ moved }) => [moved.id, moved.recognizedAt, moved.voided ?? false])).toEqual([
      ['transaction-t-1', '2026-02-28T23:00:00.000Z', false],
      ['refund-r-1', at(4).toISOString(), false],
      ['refund-r-2', at(4).toISOString(), true],
    ]);
  });

  it('gives what a refund took no second time to a dispute of the whole', () => {
    const refunds = [{ id: 'r', status: 'succeeded', amount: 2000, at: at(4) }] as const;
    const chargebacks = [{ id: 'd', status: 'open', amount: AMOUNT, currency: 'EUR', at: at(5) }] as const;
    const told = tell([payment(), payment({ refunds }), payment({ refunds, chargebacks })]);
    expect(sums(told)).toMatchObject({ 'DE_STANDARD net': 0, 'DE_STANDARD tax': 0, 'DE_REDUCED net': 0, 'DE_REDUCED tax': 0 });
    // The bank took 2000 that the buyer had already.
    expect(sums(told)['untaxed']).toBe(-2000);
  });

  it('takes all that is left with a dispute in another currency', () => {
    const chargebacks = [{ id: 'd', status: 'open', amount: 4711, currency: 'USD', at: at(5) }] as const;
    nothing(tell([payment(), payment({ chargebacks })]));
  });

  it('tells a case that the bank opens again under a new version, from then on', () => {
    const dispute = (status: 'open' | 'won' | 'lost', day: number) => [{ id: 'd', status, amount: AMOUNT, currency: 'EUR', at: at(day) }];
    const told = tell([
      payment(),
      payment({ chargebacks: dispute('open', 5) }),
      payment({ chargebacks: dispute('won', 6) }),
      payment({ chargebacks: dispute('lost', 7) }),
    ]);
    expect(told.slice(1).map(({ moved }) => [moved.id, moved.voided ?? false, moved.recognizedAt])).toEqual([
      ['chargeback-d-1', false, at(5).toISOString()],
      ['chargeback-d-2', true, at(5).toISOString()],
      ['chargeback-d-3', false, at(7).toISOString()],
    ]);
  });

  it('tells the sale and what went back of it anew when the decision is another', () => {
    const refunds = [{ id: 'r', status: 'succeeded', amount: 2000, at: at(4) }] as const;
    const abroad = decisionOf({ ...INPUT, lines: INPUT.lines.map((line) => ({ ...line, rate: 10 })) });
    const states = [payment(), payment({ refunds }), payment({ refunds, taxVersion: 2 }), payment({ refunds, taxVersion: 2 })];
    const told = tell(states, [DECISION, DECISION, abroad, abroad]);
    expect(told.map(({ moved }) => moved.id)).toEqual(['transaction-t-1', 'refund-r-1', 'transaction-t-2', 'refund-r-2']);
    expect(told.at(-1)?.moved.recognizedAt).toBe(at(4).toISOString());
    expect(Object.keys(sums(told))).toEqual(['MANUAL net', 'MANUAL tax']);
    expect(sums(told)['MANUAL net']).toBe(4800 - 1818);
  });

  const refund = fc.record({ amount: fc.integer({ min: 1, max: 4000 }), status: fc.constantFrom('pending', 'succeeded', 'failed') });
  const dispute = fc.record({
    amount: fc.option(fc.integer({ min: 1, max: AMOUNT }), { nil: undefined }),
    status: fc.constantFrom('open', 'under_review', 'won', 'lost', 'accepted'),
  });
  /** The ends of up to four refunds and two disputes, and an order in which their news come; each first stands, as news overtake. */
  const story = fc
    .record({ refunds: fc.array(refund, { maxLength: 4 }), disputes: fc.array(dispute, { maxLength: 2 }) })
    .chain(({ refunds, disputes }) => {
      const ends = [...refunds.map((end, index) => ({ kind: 'r' as const, index, end })), ...disputes.map((end, index) => ({ kind: 'd' as const, index, end }))]; // prettier-ignore
      const twice = ends.flatMap((news) => [news, { ...news, first: true }]);
      const orders = fc.shuffledSubarray(
        twice.map((_news, index) => index),
        { minLength: twice.length },
      );
      return fc.record({ ends: fc.constant(ends), twice: fc.constant(twice), one: orders, other: orders });
    });

  type News = { kind: 'r' | 'd'; index: number; end: { amount?: number; status: string }; first?: boolean };

  function statesOf(news: readonly News[]): TaxedPayment[] {
    const shares = new Map<
      string,
      { kind: 'r' | 'd'; share: { id: string; amount?: number; status: string; currency?: string; at: Date } }
    >();
    const states = [payment()];
    const decided = new Set<string>();
    for (const { kind, index, end, first } of news) {
      const id = `${kind}${index}`;
      if (first && decided.has(id)) continue;
      if (!first) decided.add(id);
      const status = first ? (kind === 'r' ? 'succeeded' : 'open') : end.status;
      shares.set(id, { kind, share: { id, status, amount: end.amount, currency: 'EUR', at: at(3 + index) } });
      const of = (wanted: 'r' | 'd') => [...shares.values()].filter((each) => each.kind === wanted).map(({ share }) => share);
      states.push(payment({ refunds: of('r') as TaxedPayment['refunds'], chargebacks: of('d') as TaxedPayment['chargebacks'] }));
    }
    return states;
  }

  it('comes to the same whatever the order of the news, says everything once, and under rising versions', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(DECISION, UNKNOWN), ({ twice, one, other }, decision) => {
        const inOrder = (order: readonly number[]) => order.flatMap((index) => (twice[index] ? [twice[index] as News] : []));
        const [a, b] = [one, other].map((order) => tell(statesOf(inOrder(order)), decision));
        if (!a || !b) throw new Error('both orders were told');
        expect(sums(a)).toEqual(sums(b));
        for (const told of [a, b]) {
          const ids = told.map(({ moved }) => moved.id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { moved } of told) expect(moved.id).toBe(`${moved.sourceKind}-${moved.sourceId}-${moved.taxVersion}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('sums to what is left of the sale, and to nothing when everything went back', () => {
    fc.assert(
      fc.property(story, ({ twice, one }) => {
        const states = statesOf(one.flatMap((index) => (twice[index] ? [twice[index] as News] : [])));
        const last = states.at(-1) ?? payment();
        const told = tell(states);
        const total = Object.values(sums(told)).reduce((sum, amount) => sum + amount, 0);
        const back = last.refunds.filter(({ status }) => status === 'succeeded').reduce((sum, { amount }) => sum + amount, 0);
        const taken = last.chargebacks.filter(({ status }) => status !== 'won');
        if (taken.every(({ amount }) => amount !== undefined)) {
          expect(total).toBe(AMOUNT - back - taken.reduce((sum, { amount = 0 }) => sum + amount, 0));
        }
        const rest = payment({
          refunds: [...last.refunds, { id: 'rest', status: 'succeeded', amount: AMOUNT, at: at(20) }],
          chargebacks: last.chargebacks,
        });
        const { untaxed: _beyond, ...rows } = sums([...told, ...taxToTell(DECISION, rest, told)]);
        expect(Object.values(rows).filter((amount) => amount !== 0)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
