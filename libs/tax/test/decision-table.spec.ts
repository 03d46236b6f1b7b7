import { describe, expect, it } from '@jest/globals';
import type { TaxBuyer, TaxInput, TaxLine, TaxSettings } from '../src/index.js';
import { DECISION_CASES } from './decision-cases.js';
import { calculate, net, NON_UNION_OSS, OSS, sale, settings } from './sales.js';

const us = (...nexusStates: string[]): Partial<TaxSettings> => ({ us: { nexusStates } });
const registered = (...countries: string[]): Partial<TaxSettings> => ({ registrations: countries.map((country) => ({ country })) });
const canada = (...provinces: string[]): Partial<TaxSettings> => ({ ca: { registered: true, provinces } });
const IOSS: Partial<TaxSettings> = { ioss: { enabled: true } };

const SELLERS: Readonly<Record<string, TaxSettings>> = {
  ...Object.fromEntries(['DE', 'FR', 'ES', 'PT', 'GB', 'XI', 'CH', 'NO', 'US'].map((country) => [country, settings(country)])),
  DE_OSS: settings('DE', OSS),
  FR_OSS: settings('FR', OSS),
  XI_OSS: settings('XI', OSS),
  DE_OVER: settings('DE', { oss: { enabled: false, scheme: 'union', thresholdExceeded: true } }),
  DE_AT: settings('DE', registered('AT')),
  DE_GB: settings('DE', { ukVat: { enabled: true } }),
  DE_CH: settings('DE', registered('CH')),
  DE_NO: settings('DE', registered('NO')),
  DE_TX: settings('DE', us('TX')),
  DE_CA: settings('DE', canada()),
  DE_SMALL: settings('DE', { smallBusiness: { enabled: true } }),
  DE_OFF: settings('DE', { enabled: false }),
  US_TX: settings('US', us('TX')),
  US_CA: settings('US', us('CA')),
  US_OR: settings('US', us('OR')),
  US_PR: settings('US', us('PR')),
  US_HOME: settings('US', { sellerRegion: 'WA' }),
  US_OSS: settings('US', NON_UNION_OSS),
  US_IOSS: settings('US', IOSS),
  US_FR: settings('US', registered('FR')),
  US_GB: settings('US', registered('GB')),
  CA_QC: settings('CA', canada('QC')),
  CA_BC: settings('CA', canada('BC')),
};

const VAT_ID: Readonly<Record<string, Partial<TaxBuyer>>> = {
  '+': { vatIdStatus: 'valid' },
  '~': { vatIdStatus: 'recent' },
  '=': { vatIdStatus: 'format' },
  '-': { vatIdStatus: 'invalid' },
  '?': { vatIdStatus: 'unavailable' },
  c: { vatIdStatus: 'valid', type: 'consumer' },
};

function buyerOf(text: string): Pick<TaxInput, 'buyer' | 'shipTo'> {
  const [, country = '', region, postcode, mark, flag, ship] =
    /^([A-Z]{2})(?:-([\p{L}\d]+?))?(?::([\w-]+?))?([+~=?!c-])?(?:\/(\w+))?(?:>([A-Z]{2}))?$/u.exec(text) ?? [];
  if (!country) throw new Error(`not a buyer: ${text}`);
  const vatId = `${country === 'GR' ? 'EL' : postcode?.startsWith('BT') ? 'XI' : country}123456789`;
  const known = mark === undefined || mark === '!' ? {} : { vatId, type: 'business' as const, ...VAT_ID[mark] };
  const buyer: TaxBuyer = {
    country,
    region,
    postcode: postcode?.replace('_', ' '),
    ...known,
    ...(mark === '!' && { type: 'business' }),
    ...(flag === 'exempt' && { exemption: { reason: 'Embassy', certificate: 'C-1' } }),
  };
  return { buyer, ...(ship && { shipTo: { country: ship } }) };
}

function lineOf(text: string): TaxLine {
  const [itemType = '', option] = text.split('/');
  if (option === 'rc') return net(itemType, 10000, { domesticReverseCharge: true });
  if (option?.endsWith('%')) return net(itemType, 10000, { rate: Number(option.slice(0, -1)) });
  return net(itemType, 10000, option === undefined ? {} : { rateCode: option });
}

const CASES = DECISION_CASES.split('\n')
  .filter((text) => text.includes('=>'))
  .map((text) => {
    const [given = '', expected = ''] = text.split('=>').map((part) => part.trim().replace(/\s+/g, ' '));
    const [seller = '', buyer = '', item = ''] = given.split(' ');
    return [given, seller, buyer, item, expected] as const;
  });

const EXEMPTION_CODES: Readonly<Record<string, string>> = { AE: 'VATEX-EU-AE', K: 'VATEX-EU-IC', G: 'VATEX-EU-G' };

describe('the decision table', () => {
  it('has its cases, each once', () => {
    expect(CASES.length).toBeGreaterThan(150);
    expect(new Set(CASES.map(([given]) => given)).size).toBe(CASES.length);
  });

  it.each(CASES)('%s', (_given, seller, buyer, item, expected) => {
    const given = SELLERS[seller];
    if (!given) throw new Error(`no seller ${seller}`);
    const { buyer: who, shipTo } = buyerOf(buyer);
    const calculation = calculate(given, sale(who, [lineOf(item)], { shipTo, unitsPerPound: 1.15 }));
    const [only] = calculation.lines;
    if (!only) throw new Error('no line');
    expect([only.reason, only.rateCode, only.category, only.tax].join(' ')).toBe(expected);
    expect([only.net, calculation.totalNet, calculation.totalGross]).toEqual([10000, 10000, 10000 + only.tax]);
    expect(only.decidedBy).toBe(only.reason === 'manual_override' ? 'line' : `built_in:${only.reason}`);
    expect(only.explain.length).toBeGreaterThan(1);
    if (only.category !== 'S' && only.category !== 'Z' && only.reason !== 'tax_disabled') expect(only.legalText).toBeTruthy();
    if (EXEMPTION_CODES[only.category]) expect(only.exemptionCode).toBe(EXEMPTION_CODES[only.category]);
  });
});
