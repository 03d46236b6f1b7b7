import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calculateGivenTax, effectiveConfiguration, reverseTax, TaxEngine } from '../src/index.js';
import type { TaxBuyer, TaxCalculation, TaxInput, TaxLine, TaxRule, TaxSettings } from '../src/index.js';
import { configuration, engineOf, NON_UNION_OSS, OSS, settings } from './sales.js';

const SELLERS: readonly TaxSettings[] = [
  settings('DE', OSS),
  settings('DE', { roundingMethod: 'line' }),
  settings('DE', {
    ...OSS,
    registrations: [{ country: 'GB' }, { country: 'CH' }],
    us: { nexusStates: ['TX'] },
    ca: { registered: true, provinces: ['QC'] },
  }),
  settings('US', { ...NON_UNION_OSS, ioss: { enabled: true }, us: { nexusStates: ['TX'] } }),
  settings('CA', { ca: { registered: true, provinces: ['QC', 'BC'] } }),
  settings('FR', { smallBusiness: { enabled: true } }),
];

const RULES: readonly TaxRule[] = [
  {
    id: 'b2b',
    name: 'B2B',
    sellerCountry: 'DE',
    buyerCountry: 'EU',
    supplyTypes: ['*'],
    treatment: 'reverse_charge',
    priority: 10,
    active: true,
  },
  {
    id: 'books',
    name: 'Books',
    sellerCountry: 'DE',
    buyerCountry: '*',
    supplyTypes: ['shipping'],
    treatment: 'exempt',
    priority: 5,
    active: true,
  },
];

const buyers: fc.Arbitrary<TaxBuyer> = fc.constantFrom<TaxBuyer>(
  { country: 'DE' },
  { country: 'FR' },
  { country: 'FR', postcode: '97110' },
  { country: 'AT', type: 'business', vatId: 'ATU1', vatIdStatus: 'valid' },
  { country: 'GB', postcode: 'BT1 1AA' },
  { country: 'GB', postcode: 'SW1A 1AA' },
  { country: 'CH' },
  { country: 'US', region: 'TX' },
  { country: 'CA', region: 'QC' },
  { country: 'JP' },
);

const lineOf = fc.record(
  {
    itemType: fc.constantFrom('goods', 'digital_service', 'service', 'shipping', 'discount', 'gift_card'),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 5_000_000 }).map((millionths) => millionths / 1_000_000),
    ),
    unitPrice: fc.integer({ min: -100_000, max: 10_000_000 }),
    amountType: fc.constantFrom<TaxLine['amountType']>('gross', 'net'),
    discount: fc.integer({ min: 0, max: 500 }),
    rate: fc.constantFrom(0, 5.5, 7, 19, 19.6, 25, 100),
    rateCode: fc.constantFrom('reduced', 'zero', 'DE_STANDARD'),
  },
  { requiredKeys: ['itemType', 'quantity', 'unitPrice', 'amountType'] },
);

const inputs: fc.Arbitrary<TaxInput> = fc
  .record({
    buyer: buyers,
    shipTo: fc.option(buyers, { nil: undefined }),
    lines: fc.array(lineOf, { minLength: 1, maxLength: 9 }),
    days: fc.integer({ min: 0, max: 2400 }),
  })
  .map(({ buyer, shipTo, lines, days }) => ({
    currency: 'EUR',
    taxPoint: new Date(Date.UTC(2020, 0, 2) + days * 86_400_000).toISOString(),
    buyer,
    shipTo,
    unitsPerPound: 1.15,
    lines: lines.map((line, index) => ({ ...line, id: `line-${index}` })),
  }));

const sellers = fc.constantFrom(...SELLERS);

function taxed(given: TaxSettings, input: TaxInput): TaxCalculation {
  const outcome = engineOf(given).calculate(input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.calculation;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('whatever is sold', () => {
  it('parts add up to the whole, in integers', () => {
    fc.assert(
      fc.property(sellers, inputs, (given, input) => {
        const { lines, breakdown, totalNet, totalTax, totalGross } = taxed(given, input);
        expect(totalNet + totalTax).toBe(totalGross);
        expect(sum(lines.map(({ net }) => net))).toBe(totalNet);
        expect(sum(lines.map(({ tax }) => tax))).toBe(totalTax);
        expect(sum(lines.map(({ gross }) => gross))).toBe(totalGross);
        expect(sum(breakdown.map(({ taxableBase }) => taxableBase))).toBe(totalNet);
        expect(sum(breakdown.map(({ taxAmount }) => taxAmount))).toBe(totalTax);
        for (const { net, tax, gross, components } of lines) {
          expect([net, tax, gross].every(Number.isSafeInteger)).toBe(true);
          expect(net + tax).toBe(gross);
          expect(sum(components.map((component) => component.tax))).toBe(tax);
        }
        for (const { taxAmount, components } of breakdown) expect(sum(components.map(({ tax }) => tax))).toBe(taxAmount);
        const ids = breakdown.flatMap((row) => row.lines);
        expect([...ids].sort()).toEqual(lines.map(({ id }) => id).sort());
      }),
      { numRuns: 400 },
    );
  });

  it('gross prices stay what the buyer saw, net prices what the seller asked', () => {
    fc.assert(
      fc.property(sellers, inputs, (given, input) => {
        const { lines } = taxed(given, input);
        for (const { id, amountType, quantity, unitPrice, discount = 0 } of input.lines) {
          const parts = lines.filter((line) => line.id === id);
          const total = sum(parts.map((part) => (amountType === 'gross' ? part.gross : part.net)));
          expect(Math.abs(total - (quantity * unitPrice - discount))).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('no row of tax is further from the exact tax than half a cent for each way of pricing', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const given = SELLERS[0] ?? settings('DE');
        const { lines } = taxed(given, input);
        const byGroup = new Map<string, [number, number]>();
        for (const { id, taxCountry, category, rate, net, tax } of lines) {
          const pricing = input.lines.find((line) => line.id === id)?.amountType ?? '';
          const key = `${taxCountry} ${category} ${rate} ${pricing}`;
          const [base, amount] = byGroup.get(key) ?? [0, 0];
          byGroup.set(key, [base + net, amount + tax]);
        }
        for (const [key, [base, tax]] of byGroup) {
          const rate = Number(key.split(' ')[2]) / 100;
          const exact = key.endsWith('gross') ? ((base + tax) * rate) / (1 + rate) : base * rate;
          expect(Math.abs(tax - exact)).toBeLessThanOrEqual(0.5 + 1e-3);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the order of the lines never changes what they come to', () => {
    fc.assert(
      fc.property(sellers, inputs, fc.array(fc.nat()), (given, input, seeds) => {
        const order = input.lines.map((line, index) => [seeds[index] ?? index, line] as const);
        const permuted = { ...input, lines: [...order].sort(([a], [b]) => a - b).map(([, line]) => line) };
        const amounts = ({ lines, breakdown, totalNet, totalTax }: TaxCalculation): unknown => ({
          totalNet,
          totalTax,
          breakdown: breakdown.map(({ lines: _lines, ...row }) => row),
          lines: lines.map(({ id, net, tax, rateCode }) => `${id} ${rateCode} ${net} ${tax}`).sort(),
        });
        expect(amounts(taxed(given, permuted))).toEqual(amounts(taxed(given, input)));
      }),
      { numRuns: 300 },
    );
  });

  it('gross → net → gross is stable', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.constantFrom(5.5, 7, 8.1, 19, 20, 25.5, 27), (gross, rate) => {
        const given = SELLERS[0] ?? settings('DE');
        const at = (unitPrice: number, amountType: TaxLine['amountType']): TaxCalculation =>
          taxed(given, {
            currency: 'EUR',
            taxPoint: '2026-03-02T12:00:00Z',
            buyer: { country: 'DE' },
            lines: [{ id: 'a', itemType: 'goods', quantity: 1, unitPrice, amountType, rate }],
          });
        const first = at(gross, 'gross');
        const second = at(first.totalNet, 'net');
        expect(Math.abs(second.totalGross - gross)).toBeLessThanOrEqual(1);
        // What came out of a net price comes back to it, however often it goes round.
        expect(at(second.totalGross, 'gross').totalNet).toBe(first.totalNet);
        expect(at(at(second.totalGross, 'gross').totalNet, 'net').totalGross).toBe(second.totalGross);
      }),
      { numRuns: 500 },
    );
  });

  it('the effective configuration gives the same again', () => {
    fc.assert(
      fc.property(sellers, inputs, fc.boolean(), (given, input, withRules) => {
        const whole = configuration(given, withRules ? RULES : []);
        const outcome = new TaxEngine(whole).calculate(input);
        if (!outcome.ok) return;
        const effective = effectiveConfiguration(whole, outcome.calculation);
        expect(effective.rates.length).toBeLessThanOrEqual(2 * input.lines.length + 2);
        const stored = JSON.parse(JSON.stringify({ effective, input })) as { effective: typeof effective; input: TaxInput };
        expect(new TaxEngine(stored.effective).calculate(stored.input)).toEqual(outcome);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what goes back', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 });

  /** Splits a whole by weights into positive integers, as far as there are any. */
  function split(whole: number, weights: readonly number[]): number[] {
    const all = sum(weights);
    let given = 0;
    let seen = 0;
    return weights
      .map((weight) => {
        seen += weight;
        const upTo = Math.floor((whole * seen) / all);
        const part = upTo - given;
        given = upTo;
        return part;
      })
      .filter((part) => part > 0);
  }

  const given = fc
    .array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 20 }),
        unitPrice: fc.integer({ min: -5000, max: 100_000 }),
        vatRate: fc.option(fc.constantFrom(0, 7, 19), { nil: undefined }),
        itemType: fc.constantFrom('goods', 'tax', 'discount'),
      }),
      { maxLength: 6 },
    )
    .map((items) => calculateGivenTax({ amount: sum(items.map(({ quantity, unitPrice }) => quantity * unitPrice)), items }));
  const calculations = fc.oneof(
    fc.tuple(sellers, inputs).map(([seller, input]) => taxed(seller, input)),
    given,
  );

  it('adds up to exactly the whole, row by row, in whatever parts', () => {
    fc.assert(
      fc.property(calculations, parts, (calculation, weights) => {
        const { totalGross, breakdown } = calculation;
        fc.pre(totalGross > 0);
        let before = 0;
        const reversals = split(totalGross, weights).map((amount) => {
          const reversal = reverseTax(calculation, before, amount);
          before += amount;
          const reversed = sum(reversal.breakdown.map(({ taxableBase, taxAmount }) => taxableBase + taxAmount)) + reversal.untaxed;
          expect(reversed).toBe(-amount);
          return reversal;
        });
        expect(before).toBe(totalGross);
        breakdown.forEach((row, index) => {
          expect(sum(reversals.map((reversal) => reversal.breakdown[index]?.taxableBase ?? 0)) + row.taxableBase).toBe(0);
          expect(sum(reversals.map((reversal) => reversal.breakdown[index]?.taxAmount ?? 0)) + row.taxAmount).toBe(0);
          row.components.forEach((component, position) => {
            expect(sum(reversals.map((reversal) => reversal.breakdown[index]?.components[position]?.tax ?? 0)) + component.tax).toBe(0);
          });
        });
        const untaxed = totalGross - sum(breakdown.map(({ taxableBase, taxAmount }) => taxableBase + taxAmount));
        expect(sum(reversals.map((reversal) => reversal.untaxed)) + untaxed).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it.each<[string, number, number]>([
    ['more than the whole', 0, 11901],
    ['more than is left', 6000, 5901],
    ['nothing', 0, 0],
    ['a negative part', 0, -1],
    ['half a cent', 0, 0.5],
    ['after a negative part', -1, 1],
  ])('refuses %s', (_title, before, amount) => {
    const calculation = calculateGivenTax({ amount: 11900, items: [{ quantity: 1, unitPrice: 11900, vatRate: 19, itemType: 'goods' }] });
    expect(() => reverseTax(calculation, before, amount)).toThrow(RangeError);
  });

  it('keeps country, code and treatment of what was sold', () => {
    const calculation = calculateGivenTax({ amount: 11900, items: [{ quantity: 1, unitPrice: 11900, vatRate: 19, itemType: 'goods' }] });
    const { breakdown, untaxed } = reverseTax(calculation, 0, 5950);
    expect(breakdown).toEqual([
      expect.objectContaining({ taxRate: 19, treatment: 'manual', taxableBase: -5000, taxAmount: -950, lines: ['line-1'] }),
    ]);
    expect(untaxed).toBe(0);
  });
});
