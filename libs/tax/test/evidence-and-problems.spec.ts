import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EvidencePiece, TaxInput } from '../src/index.js';
import { business, calculate, engineOf, line, net, NON_UNION_OSS, OSS, sale, settings } from './sales.js';

const STRICT = settings('DE', { ...OSS, strictEvidence: true });
const digital = (country: string, evidence?: readonly EvidencePiece[]): TaxInput =>
  sale({ country }, [line('digital_service', 1000)], { evidence });

describe('evidence of the buyer’s place', () => {
  it.each<[string, TaxInput, { agreeing: number; contradicting: boolean; sufficient: boolean; country?: string }]>([
    ['an address alone', digital('FR'), { agreeing: 1, contradicting: false, sufficient: false, country: 'FR' }],
    [
      'an address and the IP address',
      digital('FR', [{ source: 'ip_address', country: 'FR' }]),
      { agreeing: 2, contradicting: false, sufficient: true, country: 'FR' },
    ],
    [
      'an address against the IP address',
      digital('FR', [{ source: 'ip_address', country: 'DE' }]),
      { agreeing: 1, contradicting: true, sufficient: false, country: 'FR' },
    ],
    [
      'two against one',
      digital('FR', [
        { source: 'ip_address', country: 'DE' },
        { source: 'payment_method', country: 'FR' },
      ]),
      { agreeing: 2, contradicting: true, sufficient: true, country: 'FR' },
    ],
    [
      'two against two',
      digital('FR', [
        { source: 'ip_address', country: 'DE' },
        { source: 'phone_prefix', country: 'DE' },
        { source: 'payment_method', country: 'FR' },
      ]),
      { agreeing: 2, contradicting: true, sufficient: false, country: 'FR' },
    ],
    [
      'Monaco for France',
      digital('FR', [{ source: 'ip_address', country: 'MC' }]),
      { agreeing: 2, contradicting: false, sufficient: true, country: 'FR' },
    ],
    [
      'the same source twice counts once',
      digital('FR', [
        { source: 'ip_address', country: 'FR' },
        { source: 'ip_address', country: 'FR' },
      ]),
      { agreeing: 2, contradicting: false, sufficient: true },
    ],
    [
      'Greece as EL',
      digital('GR', [{ source: 'ip_address', country: 'EL' }]),
      { agreeing: 2, contradicting: false, sufficient: true, country: 'GR' },
    ],
    [
      'a country nobody knows does not count',
      digital('FR', [{ source: 'ip_address', country: 'ZZ' }]),
      { agreeing: 1, contradicting: false, sufficient: false },
    ],
  ])('%s', (_title, input, expected) => {
    const { evidence } = calculate({ ...STRICT, strictEvidence: false }, input);
    expect(evidence).toMatchObject({ required: 2, ...expected });
    const strict = engineOf(STRICT).calculate(input);
    expect(strict.ok).toBe(expected.sufficient);
    if (!strict.ok)
      expect(strict.problems).toEqual([
        {
          code: 'tax_evidence_insufficient',
          field: 'evidence',
          message: expect.stringMatching(/^Expected 2 pieces .* got \d: .*billing_address/),
        },
      ]);
  });

  it.each<[string, TaxInput]>([
    ['goods', sale({ country: 'FR' }, [line('goods', 1000)])],
    ['a sale at home', digital('DE')],
    ['a sale outside the EU', digital('CH')],
    ['a business with a VAT id', sale(business('FR', 'FR1'), [line('digital_service', 1000)])],
    ['a service that is not electronic', sale({ country: 'FR' }, [line('service', 1000)])],
    ['a rate the line names', sale({ country: 'FR' }, [line('digital_service', 1000, { rate: 20 })])],
  ])('asks for none of %s', (_title, input) => {
    expect(engineOf(STRICT).calculate(input)).toMatchObject({ ok: true, calculation: { evidence: { required: 0, sufficient: true } } });
  });

  it('is asked for by the non-Union scheme, too', () => {
    const given = settings('US', { ...NON_UNION_OSS, strictEvidence: true });
    expect(engineOf(given).calculate(digital('FR'))).toMatchObject({ ok: false, problems: [{ code: 'tax_evidence_insufficient' }] });
  });
});

describe('bad input', () => {
  const good = sale({ country: 'DE' }, [net('goods', 100, { id: 'a' })]);
  const withLine = (changes: object): unknown => ({ ...good, lines: [{ ...good.lines[0], ...changes }] });
  it.each<[string, unknown, string, string]>([
    ['an unknown currency', { ...good, currency: 'XYZ' }, 'tax_currency_unsupported', 'currency'],
    ['no currency', { ...good, currency: undefined }, 'tax_currency_unsupported', 'currency'],
    ['a day without a time', { ...good, taxPoint: '2026-03-02' }, 'tax_point_invalid', 'taxPoint'],
    ['a time without a zone', { ...good, taxPoint: '2026-03-02T12:00:00' }, 'tax_point_invalid', 'taxPoint'],
    ['a day that does not exist', { ...good, taxPoint: '2026-02-30T12:00:00Z' }, 'tax_point_invalid', 'taxPoint'],
    ['an hour that does not exist', { ...good, taxPoint: '2026-02-03T25:00:00Z' }, 'tax_point_invalid', 'taxPoint'],
    ['a number for an instant', { ...good, taxPoint: 1 }, 'tax_point_invalid', 'taxPoint'],
    ['an unknown country', { ...good, buyer: { country: 'ZZ' } }, 'tax_country_unknown', 'buyer.country'],
    ['no country', { ...good, buyer: {} }, 'tax_country_unknown', 'buyer.country'],
    ['an unknown country to ship to', { ...good, shipTo: { country: 'ZZ' } }, 'tax_country_unknown', 'shipTo.country'],
    ['a country that is no text', { ...good, buyer: { country: 49 } }, 'tax_country_unknown', 'buyer.country'],
    ['a region that is no text', { ...good, buyer: { country: 'US', region: 5 } }, 'tax_country_unknown', 'buyer.region'],
    ['no buyer', { ...good, buyer: null }, 'tax_country_unknown', 'buyer'],
    ['no lines', { ...good, lines: undefined }, 'tax_line_invalid', 'lines'],
    ['a line that is none', { ...good, lines: [null] }, 'tax_line_invalid', 'lines[0]'],
    ['an id twice', { ...good, lines: [good.lines[0], good.lines[0]] }, 'tax_line_invalid', 'lines[1].id'],
    ['no id', withLine({ id: '' }), 'tax_line_invalid', 'lines[0].id'],
    ['no item type', withLine({ itemType: undefined }), 'tax_line_invalid', 'lines[0].itemType'],
    ['seven decimals of a quantity', withLine({ quantity: 0.1234567 }), 'tax_line_invalid', 'lines[0].quantity'],
    ['no end of a quantity', withLine({ quantity: Number.POSITIVE_INFINITY }), 'tax_line_invalid', 'lines[0].quantity'],
    ['a quantity in words', withLine({ quantity: '1' }), 'tax_line_invalid', 'lines[0].quantity'],
    ['half a cent', withLine({ unitPrice: 0.5 }), 'tax_line_invalid', 'lines[0].unitPrice'],
    ['too much money', withLine({ unitPrice: Number.MAX_SAFE_INTEGER }), 'tax_line_invalid', 'lines[0].unitPrice'],
    ['an amount type nobody knows', withLine({ amountType: 'brutto' }), 'tax_line_invalid', 'lines[0].amountType'],
    ['a negative discount', withLine({ discount: -1 }), 'tax_line_invalid', 'lines[0].discount'],
    ['a rate above 100', withLine({ rate: 100.5 }), 'tax_line_invalid', 'lines[0].rate'],
    ['a negative rate', withLine({ rate: -1 }), 'tax_line_invalid', 'lines[0].rate'],
    ['a rate that is no number', withLine({ rate: Number.NaN }), 'tax_line_invalid', 'lines[0].rate'],
    ['an empty rate code', withLine({ rateCode: '' }), 'tax_line_invalid', 'lines[0].rateCode'],
    ['evidence that is none', { ...good, evidence: 'x' }, 'tax_evidence_insufficient', 'evidence'],
  ])('is told apart: %s', (_title, input, code, field) => {
    const outcome = engineOf(settings('DE')).calculate(input as TaxInput);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code, field, message: expect.stringMatching(/^Expected .+\.$/) }] });
  });

  it('never throws', () => {
    for (const junk of [null, undefined, 1, 'x', [], {}, { lines: {} }, { buyer: [], lines: [[]] }]) {
      expect(engineOf(settings('DE')).calculate(junk as unknown as TaxInput).ok).toBe(false);
    }
  });

  it('never throws, whatever stands in one of its fields', () => {
    const whole = {
      ...good,
      buyer: business('US', 'ATU1'),
      shipTo: { country: 'US' },
      evidence: [{ source: 'ip_address', country: 'DE' }],
      unitsPerEuro: 1,
    };
    const engines = [
      settings('DE', OSS),
      settings('US', { us: { nexusStates: ['TX'] }, ioss: { enabled: true } }),
      settings('DE', { enabled: false }),
    ].map(engineOf);
    const paths = [
      'currency',
      'taxPoint',
      'buyer',
      'shipTo',
      'lines',
      'evidence',
      'unitsPerEuro',
      'unitsPerPound',
      'buyer.country',
      'buyer.region',
      'buyer.postcode',
      'buyer.vatId',
    ];
    const lineFields = ['id', 'itemType', 'quantity', 'unitPrice', 'amountType', 'discount', 'rate', 'rateCode', 'domesticReverseCharge'];
    fc.assert(
      fc.property(fc.constantFrom(...paths, ...lineFields.map((field) => `lines.0.${field}`)), fc.anything(), (path, junk) => {
        const spoilt = JSON.parse(JSON.stringify(whole)) as Record<string, unknown>;
        const steps = path.split('.');
        const last = steps.pop() ?? '';
        const holder = steps.reduce<Record<string, unknown>>((value, step) => value[step] as Record<string, unknown>, spoilt);
        holder[last] = junk;
        for (const engine of engines) expect(typeof engine.calculate(spoilt as unknown as TaxInput).ok).toBe('boolean');
      }),
      { numRuns: 2000 },
    );
  });

  it('names every field that is wrong at once', () => {
    const outcome = engineOf(settings('DE')).calculate({
      ...good,
      currency: 'X',
      taxPoint: 'x',
      lines: [{ ...good.lines[0], quantity: 'x' }],
    } as unknown as TaxInput);
    expect(outcome.ok ? [] : outcome.problems.map(({ field }) => field)).toEqual(['currency', 'taxPoint', 'lines[0].quantity']);
  });

  it('wants to know the seller', () => {
    expect(engineOf(settings('')).calculate(good)).toMatchObject({
      ok: false,
      problems: [{ code: 'tax_country_unknown', field: 'settings.sellerCountry' }],
    });
  });

  it('wants to know the state only of sellers with nexus somewhere, the province only of those registered', () => {
    const inUs = sale({ country: 'US' }, [net('goods', 100)]);
    const inCanada = sale({ country: 'CA' }, [net('goods', 100)]);
    expect(engineOf(settings('DE')).calculate(inUs).ok).toBe(true);
    expect(engineOf(settings('DE')).calculate(inCanada).ok).toBe(true);
    const given = settings('DE', { us: { nexusStates: ['TX'] }, ca: { registered: true, provinces: [] } });
    for (const input of [inUs, inCanada]) {
      expect(engineOf(given).calculate(input)).toMatchObject({
        ok: false,
        problems: [{ code: 'tax_country_unknown', field: 'buyer.region' }],
      });
    }
  });

  it('takes the seller’s country for lines with a rate when the buyer’s is not known', () => {
    const { lines } = calculate(settings('DE'), sale({}, [net('goods', 100, { rate: 19 })]));
    expect(lines[0]).toMatchObject({ taxCountry: 'DE', treatment: 'manual', tax: 19 });
  });
});

describe('limits of consignments', () => {
  const IOSS = settings('US', { ioss: { enabled: true } });
  const UK = settings('DE', { ukVat: { enabled: true } });
  it.each<[string, typeof IOSS, TaxInput, string]>([
    ['EUR 150.00 net is within', IOSS, sale({ country: 'DE' }, [net('goods', 15000)]), 'ioss'],
    ['EUR 150.01 net is above', IOSS, sale({ country: 'DE' }, [net('goods', 15001)]), 'import_vat_at_customs'],
    ['EUR 178.50 gross at 19 % is within', IOSS, sale({ country: 'DE' }, [line('goods', 17850)]), 'ioss'],
    ['EUR 178.52 gross at 19 % is above', IOSS, sale({ country: 'DE' }, [line('goods', 17852)]), 'import_vat_at_customs'],
    ['shipping does not count', IOSS, sale({ country: 'DE' }, [net('goods', 15000), net('shipping', 900)]), 'ioss'],
    ['services do not count', IOSS, sale({ country: 'DE' }, [net('goods', 15000), net('digital_service', 99900, { rate: 0 })]), 'ioss'],
    ['all goods count', IOSS, sale({ country: 'DE' }, [net('goods', 10000), net('goods', 6000)]), 'import_vat_at_customs'],
    ['a discount counts', IOSS, sale({ country: 'DE' }, [net('goods', 16000), net('discount', -1000)]), 'ioss'],
    ['USD at 1.10 a euro', IOSS, sale({ country: 'DE' }, [net('goods', 16500)], { currency: 'USD', unitsPerEuro: 1.1 }), 'ioss'],
    [
      'USD 165.01 at 1.10 a euro',
      IOSS,
      sale({ country: 'DE' }, [net('goods', 16501)], { currency: 'USD', unitsPerEuro: 1.1 }),
      'import_vat_at_customs',
    ],
    ['JPY at 160 a euro', IOSS, sale({ country: 'DE' }, [net('goods', 24000)], { currency: 'JPY', unitsPerEuro: 160 }), 'ioss'],
    [
      'KWD at 0.35 a euro',
      IOSS,
      sale({ country: 'DE' }, [net('goods', 52501)], { currency: 'KWD', unitsPerEuro: 0.35 }),
      'import_vat_at_customs',
    ],
    ['GBP 135 net', UK, sale({ country: 'GB' }, [net('goods', 13500)], { currency: 'GBP' }), 'local_registration'],
    ['GBP 135.01 net', UK, sale({ country: 'GB' }, [net('goods', 13501)], { currency: 'GBP' }), 'export_goods'],
    ['GBP 162 gross', UK, sale({ country: 'GB' }, [line('goods', 16200)], { currency: 'GBP' }), 'local_registration'],
    ['EUR at 1.15 a pound', UK, sale({ country: 'GB' }, [net('goods', 15525)], { unitsPerPound: 1.15 }), 'local_registration'],
  ])('%s', (_title, given, input, reason) => {
    expect(calculate(given, input).lines[0]?.reason).toBe(reason);
  });

  it('take goods as above where no exchange rate is known, and say so', () => {
    const { lines, warnings } = calculate(IOSS, sale({ country: 'DE' }, [net('goods', 100)], { currency: 'USD' }));
    expect(lines[0]?.reason).toBe('import_vat_at_customs');
    expect(warnings).toEqual([expect.stringContaining('unitsPerEuro')]);
  });
});

describe('warnings', () => {
  it.each<[string, TaxInput, RegExp]>([
    ['a business without a VAT id', sale({ country: 'AT', company: 'Muster' }, [line('goods', 100)]), /gave no VAT id/],
    [
      'a VAT id that was not confirmed',
      sale(business('AT', 'ATU1', { vatIdStatus: 'unavailable' }), [line('goods', 100)]),
      /ATU1 is not confirmed \(unavailable\)/,
    ],
    ['a VAT id of the seller’s own country', sale(business('AT', 'DE1'), [line('goods', 100)]), /own country DE/],
  ])('tell of %s', (_title, input, expected) => {
    expect(calculate(settings('DE', OSS), input).warnings).toEqual([expect.stringMatching(expected)]);
  });

  it('tell that a registration is due', () => {
    const over = settings('DE', { oss: { enabled: false, scheme: 'union', thresholdExceeded: true } });
    expect(calculate(over, digital('FR')).warnings).toEqual([expect.stringContaining('EUR 10,000')]);
    expect(calculate(settings('US'), digital('FR')).warnings).toEqual([expect.stringContaining('non-Union')]);
  });
});
