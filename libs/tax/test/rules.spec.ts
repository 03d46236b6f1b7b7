import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TAX_RATES, defaultTaxRules, TaxEngine } from '../src/index.js';
import type { TaxCalculation, TaxInput, TaxRule, TaxSettings } from '../src/index.js';
import { business, calculated, configuration, line, net, NON_UNION_OSS, OSS, sale, settings } from './sales.js';

const rule = (changes: Partial<TaxRule>): TaxRule => ({
  id: 'r1',
  name: 'Rule 1',
  sellerCountry: 'DE',
  buyerCountry: '*',
  supplyTypes: ['*'],
  treatment: 'exempt',
  priority: 0,
  active: true,
  ...changes,
});
const run = (rules: readonly TaxRule[], input: TaxInput, given: TaxSettings = settings('DE')): TaxCalculation =>
  calculated(new TaxEngine(configuration(given, rules)).calculate(input));
const decided = ({ lines: [first] }: TaxCalculation): string =>
  [first?.decidedBy, first?.treatment, first?.rateCode, first?.category].join(' ');

describe('the merchant’s rules', () => {
  const inFrance = sale({ country: 'FR' }, [net('goods', 10000)]);
  it.each<[string, Partial<TaxRule>, TaxInput, string]>([
    ['fits anywhere', {}, inFrance, 'rule:r1 exempt EXEMPT E'],
    ['fits another Member State', { buyerCountry: 'EU' }, inFrance, 'rule:r1 exempt EXEMPT E'],
    ['fits its country', { buyerCountry: 'FR' }, inFrance, 'rule:r1 exempt EXEMPT E'],
    ['fits not another country', { buyerCountry: 'AT' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    [
      'fits not the seller’s own as EU',
      { buyerCountry: 'EU' },
      sale({ country: 'DE' }, [net('goods', 1)]),
      'built_in:domestic standard DE_STANDARD S',
    ],
    ['fits not outside as EU', { buyerCountry: 'EU' }, sale({ country: 'CH' }, [net('goods', 1)]), 'built_in:export_goods export EXPORT G'],
    [
      'fits not the Canary Islands as EU',
      { buyerCountry: 'EU' },
      sale({ country: 'ES', postcode: '35001' }, [net('goods', 1)]),
      'built_in:export_goods export EXPORT G',
    ],
    ['fits a supply type', { supplyTypes: ['goods'] }, inFrance, 'rule:r1 exempt EXEMPT E'],
    [
      'fits an item type of the shop',
      { supplyTypes: ['gift_card'] },
      sale({ country: 'FR' }, [net('gift_card', 1)]),
      'rule:r1 exempt EXEMPT E',
    ],
    ['fits not another supply type', { supplyTypes: ['service'] }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['fits not businesses only', { buyerType: 'B2B' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['fits not when switched off', { active: false }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['fits not before its time', { effectiveFrom: '2026-03-03' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['fits on its last day', { effectiveTo: '2026-03-02' }, inFrance, 'rule:r1 exempt EXEMPT E'],
    ['fits not after its time', { effectiveTo: '2026-03-01' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['fits not for another seller', { sellerCountry: 'AT' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['decides standard with a rate', { treatment: 'standard', rateCode: 'FR_STANDARD' }, inFrance, 'rule:r1 standard FR_STANDARD S'],
    ['decides reduced with a rate', { treatment: 'reduced', rateCode: 'DE_REDUCED' }, inFrance, 'rule:r1 reduced DE_REDUCED S'],
    [
      'leaves the line its own kind of rate',
      { treatment: 'standard', rateCode: 'FR_STANDARD' },
      sale({ country: 'FR' }, [net('goods', 1, { rateCode: 'reduced' })]),
      'rule:r1 reduced FR_REDUCED S',
    ],
    ['decides zero-rated', { treatment: 'zero_rated' }, inFrance, 'rule:r1 zero_rated ZERO_RATED Z'],
    [
      'passes over reverse charge without a VAT id',
      { treatment: 'reverse_charge' },
      inFrance,
      'built_in:below_oss_threshold standard DE_STANDARD S',
    ],
    [
      'decides reverse charge with one',
      { treatment: 'reverse_charge' },
      sale(business('FR', 'FR1'), [net('goods', 1)]),
      'rule:r1 reverse_charge REVERSE_CHARGE K',
    ],
    [
      'decides reverse charge for services',
      { treatment: 'reverse_charge' },
      sale(business('FR', 'FR1'), [net('service', 1)]),
      'rule:r1 reverse_charge REVERSE_CHARGE AE',
    ],
    [
      'passes over reverse charge with a VAT id of the seller’s country',
      { treatment: 'reverse_charge' },
      sale(business('FR', 'DE1'), [net('goods', 1)]),
      'built_in:below_oss_threshold standard DE_STANDARD S',
    ],
    [
      'passes over reverse charge at home',
      { treatment: 'reverse_charge' },
      sale(business('DE', 'DE1'), [net('goods', 1)]),
      'built_in:domestic standard DE_STANDARD S',
    ],
    [
      'decides reverse charge for services to businesses outside',
      { treatment: 'reverse_charge' },
      sale({ country: 'CH', type: 'business' }, [net('service', 1)]),
      'rule:r1 reverse_charge REVERSE_CHARGE O',
    ],
    ['passes over OSS without a registration', { treatment: 'oss' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['passes over IOSS for sellers in the EU', { treatment: 'ioss' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['passes over export inside the EU', { treatment: 'export' }, inFrance, 'built_in:below_oss_threshold standard DE_STANDARD S'],
    ['decides export of goods', { treatment: 'export' }, sale({ country: 'JP' }, [net('goods', 1)]), 'rule:r1 export EXPORT G'],
    [
      'decides export of services',
      { treatment: 'export' },
      sale({ country: 'JP' }, [net('digital_service', 1)]),
      'rule:r1 export EXPORT O',
    ],
    [
      'passes over UK VAT without a registration',
      { treatment: 'uk_vat', rateCode: 'GB_STANDARD' },
      sale({ country: 'GB' }, [net('digital_service', 1)]),
      'built_in:service_outside_eu_b2c export EXPORT O',
    ],
    [
      'passes over sales tax without nexus',
      { treatment: 'us_sales' },
      sale({ country: 'US', region: 'TX' }, [net('goods', 1)]),
      'built_in:export_goods export EXPORT G',
    ],
    [
      'passes over GST without a registration',
      { treatment: 'ca_gst_hst' },
      sale({ country: 'CA', region: 'ON' }, [net('goods', 1)]),
      'built_in:export_goods export EXPORT G',
    ],
    ['never goes before a rate of the line', {}, sale({ country: 'FR' }, [net('goods', 1, { rate: 7 })]), 'line manual MANUAL S'],
  ])('one that %s', (_title, changes, input, expected) => {
    expect(decided(run([rule(changes)], input))).toBe(expected);
  });

  it.each<[string, TaxSettings, Partial<TaxRule>, TaxInput, string]>([
    ['OSS', settings('DE', OSS), { treatment: 'oss' }, sale({ country: 'FR' }, [net('goods', 1)]), 'rule:r1 oss FR_STANDARD S'],
    [
      'non-Union OSS',
      settings('US', NON_UNION_OSS),
      { treatment: 'oss', sellerCountry: 'US' },
      sale({ country: 'FR' }, [net('digital_service', 1)]),
      'rule:r1 oss FR_STANDARD S',
    ],
    [
      'IOSS',
      settings('US', { ioss: { enabled: true } }),
      { treatment: 'ioss', sellerCountry: 'US' },
      sale({ country: 'FR' }, [net('goods', 1)]),
      'rule:r1 ioss FR_STANDARD S',
    ],
    [
      'UK VAT',
      settings('DE', { ukVat: { enabled: true } }),
      { treatment: 'uk_vat', rateCode: 'GB_STANDARD' },
      sale({ country: 'GB' }, [net('digital_service', 1)]),
      'rule:r1 uk_vat GB_STANDARD S',
    ],
    [
      'sales tax',
      settings('DE', { us: { nexusStates: ['TX'] } }),
      { treatment: 'us_sales' },
      sale({ country: 'US', region: 'TX' }, [net('goods', 1)]),
      'rule:r1 us_sales US_TX_STANDARD S',
    ],
    [
      'GST',
      settings('DE', { ca: { registered: true, provinces: [] } }),
      { treatment: 'ca_gst_hst' },
      sale({ country: 'CA', region: 'ON' }, [net('goods', 1)]),
      'rule:r1 ca_gst_hst CA_ON_HST S',
    ],
  ])('decide %s where the seller is registered', (_title, given, changes, input, expected) => {
    expect(decided(run([rule(changes)], input, given))).toBe(expected);
  });

  it('go by priority, not by the order in which they are given', () => {
    const low = rule({ id: 'low', treatment: 'zero_rated', priority: -5 });
    const high = rule({ id: 'high', priority: 5 });
    for (const rules of [
      [low, high],
      [high, low],
    ])
      expect(run(rules, inFrance).lines[0]?.decidedBy).toBe('rule:high');
  });

  it('bring their own legal reference and evidence, and tell which was passed over and why', () => {
    const rules = [
      rule({ id: 'first', name: 'EU B2B', treatment: 'reverse_charge', priority: 10 }),
      rule({ id: 'second', name: 'Books', treatment: 'exempt', legalReference: '§ 4 UStG', evidenceRequired: 1 }),
    ];
    const { lines, evidence, basis } = run(rules, inFrance);
    expect(lines[0]).toMatchObject({ decidedBy: 'rule:second', legalText: '§ 4 UStG' });
    expect(lines[0]?.explain.join(' ')).toMatch(/“EU B2B” is passed over: the buyer has no confirmed VAT id.*“Books” decides: exempt/);
    expect(evidence).toMatchObject({ required: 1, agreeing: 1, sufficient: true });
    expect(basis).toEqual({ rates: [], rules: ['first', 'second'] });
  });

  it('leave lines of domestic reverse charge to it', () => {
    const given = sale(business('DE', 'DE1'), [net('service', 1, { domesticReverseCharge: true })]);
    expect(decided(run(defaultTaxRules('DE'), given))).toBe('built_in:domestic_reverse_charge reverse_charge REVERSE_CHARGE AE');
  });
});

describe('the default rules', () => {
  const sellers: readonly TaxSettings[] = [
    settings('DE'),
    settings('DE', OSS),
    settings('DE', { ...OSS, ukVat: { enabled: true }, us: { nexusStates: ['TX', 'CA'] }, ca: { registered: true, provinces: ['QC'] } }),
    settings('FR', { registrations: [{ country: 'CH' }, { country: 'DE' }] }),
    settings('US', { ...NON_UNION_OSS, us: { nexusStates: ['TX'] }, ioss: { enabled: true } }),
    settings('US'),
    settings('GB'),
    settings('XI', OSS),
    settings('CH'),
    settings('CA', { ca: { registered: true, provinces: ['BC'] } }),
  ];
  const buyers = [
    { country: 'DE' },
    business('DE', 'DE1'),
    { country: 'FR' },
    business('FR', 'FR1'),
    business('FR', 'FR1', { vatIdStatus: 'invalid' }),
    { country: 'GB' },
    { country: 'GB', postcode: 'BT1 1AA' },
    { country: 'GB', type: 'business' },
    { country: 'CH' },
    { country: 'CH', type: 'business' },
    { country: 'US', region: 'TX' },
    { country: 'US', region: 'CA' },
    { country: 'US', region: 'NY' },
    { country: 'CA', region: 'QC' },
    { country: 'CA', region: 'BC' },
    { country: 'ES', postcode: '38001' },
    { country: 'JP' },
  ] as const;

  it.each(sellers.map((given, index) => [`${given.sellerCountry} ${index}`, given] as const))(
    'decide as the built-in table does: %s',
    (_title, given) => {
      const builtIn = new TaxEngine(configuration(given));
      const ruled = new TaxEngine({ settings: given, rates: DEFAULT_TAX_RATES, rules: defaultTaxRules(given.sellerCountry) });
      const shape = ({ lines, totalTax }: TaxCalculation): unknown => [
        totalTax,
        lines.map((one) => [one.taxCountry, one.rate, one.rateCode, one.category, one.treatment === 'uk_vat' ? 'standard' : one.treatment]),
      ];
      for (const buyer of buyers) {
        for (const type of ['goods', 'digital_service', 'service', 'shipping']) {
          const input = sale(buyer, [line(type, 5000)], { unitsPerPound: 1.15 });
          const expected = builtIn.calculate(input);
          const actual = ruled.calculate(input);
          expect({ buyer, type, outcome: actual.ok ? shape(actual.calculation) : actual }).toEqual({
            buyer,
            type,
            outcome: expected.ok ? shape(expected.calculation) : expected,
          });
        }
      }
    },
  );
});
