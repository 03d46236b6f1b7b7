import { Money } from '@paygate/kernel';
import type { CsvRow } from '../downloads/index.js';
import type { TaxSum } from '../tax-records/index.js';

/** Amounts in minor units. */
export interface Amounts {
  /** How many tax records. */
  records: number;
  net: number;
  tax: number;
  gross: number;
}

export interface RateSum extends Amounts {
  taxTreatment: string;
  rateCode: string;
  rate: number;
}

export interface CountrySum extends Amounts {
  country: string;
  currency: string;
  rates: RateSum[];
}

export interface CurrencyTotal extends Amounts {
  currency: string;
  /** The part of `gross` whose tax is not known. */
  untaxed: number;
}

/** Currencies never mix: a country has one entry for each. */
export interface CountryReport {
  countries: CountrySum[];
  totals: CurrencyTotal[];
}

/** Which country of a record a report goes by: the buyer's, or the one that taxes. */
export const COUNTRY_BASES = ['buyer', 'tax'] as const;
export type CountryBasis = (typeof COUNTRY_BASES)[number];
export const BASIS_FIELD = { buyer: 'buyerCountry', tax: 'taxCountry' } as const satisfies Record<CountryBasis, string>;

type CountryRow = TaxSum<'buyerCountry' | 'taxCountry' | 'currency' | 'taxTreatment' | 'rateCode' | 'rate'>;

export function countryReport(sums: readonly Omit<CountryRow, 'taxCountry' | 'buyerCountry'>[], basis: CountryBasis): CountryReport {
  const rows = sums as readonly CountryRow[];
  const countries = groupBy(rows, (row) => `${row[BASIS_FIELD[basis]]} ${row.currency}`).map((group): CountrySum => {
    const [{ [BASIS_FIELD[basis]]: country, currency }] = group;
    const rates = group.map((row): RateSum => {
      const { taxTreatment, rateCode, rate } = row;
      return { taxTreatment, rateCode, rate, ...amountsOf([row]) };
    });
    rates.sort((a, b) => b.rate - a.rate || (`${a.taxTreatment} ${a.rateCode}` < `${b.taxTreatment} ${b.rateCode}` ? -1 : 1));
    return { country, currency, ...amountsOf(group), rates };
  });
  return { countries, totals: totalsOf(rows) };
}

const KINDS_OF = {
  sales: ['transaction', 'invoice'],
  refunds: ['refund', 'credit_note'],
  chargebacks: ['chargeback'],
} as const;

export interface RevenueSum extends Amounts, Record<keyof typeof KINDS_OF, Amounts> {
  country: string;
  currency: string;
}

export interface RevenueReport {
  countries: RevenueSum[];
  totals: CurrencyTotal[];
}

export function revenueReport(sums: readonly TaxSum<'buyerCountry' | 'currency' | 'sourceKind' | 'taxTreatment'>[]): RevenueReport {
  const countries = groupBy(sums, ({ buyerCountry, currency }) => `${buyerCountry} ${currency}`).map((group): RevenueSum => {
    const [{ buyerCountry: country, currency }] = group;
    const of = (kinds: readonly string[]): Amounts => amountsOf(group.filter(({ sourceKind }) => kinds.includes(sourceKind)));
    const { sales, refunds, chargebacks } = KINDS_OF;
    return { country, currency, ...amountsOf(group), sales: of(sales), refunds: of(refunds), chargebacks: of(chargebacks) };
  });
  return { countries, totals: totalsOf(sums) };
}

export const COUNTRY_COLUMNS = ['country', 'currency', 'taxTreatment', 'rateCode', 'rate', 'records', 'net', 'tax', 'gross'] as const;

export function* countryRows({ countries }: CountryReport): Generator<CsvRow<(typeof COUNTRY_COLUMNS)[number]>> {
  for (const { country, currency, rates } of countries) {
    for (const { taxTreatment, rateCode, rate, ...amounts } of rates) {
      yield { country, currency, taxTreatment, rateCode, rate, ...decimals(amounts, currency) };
    }
  }
}

export const REVENUE_COLUMNS = ['country', 'currency', 'records', 'sales', 'refunds', 'chargebacks', 'net', 'tax', 'gross'] as const;

export function* revenueRows({ countries }: RevenueReport): Generator<CsvRow<(typeof REVENUE_COLUMNS)[number]>> {
  for (const { country, currency, sales, refunds, chargebacks, ...amounts } of countries) {
    const gross = (of: Amounts): string => Money.ofMinor(of.gross, currency).toDecimal();
    const kinds = { sales: gross(sales), refunds: gross(refunds), chargebacks: gross(chargebacks) };
    yield { country, currency, ...kinds, ...decimals(amounts, currency) };
  }
}

function decimals({ records, net, tax, gross }: Amounts, currency: string) {
  const text = (minor: number): string => Money.ofMinor(minor, currency).toDecimal();
  return { records, net: text(net), tax: text(tax), gross: text(gross) };
}

type Summed = TaxSum<'currency' | 'taxTreatment'>;

function totalsOf(sums: readonly Summed[]): CurrencyTotal[] {
  return groupBy(sums, ({ currency }) => currency).map((group) => ({
    currency: group[0].currency,
    ...amountsOf(group),
    untaxed: amountsOf(group.filter(({ taxTreatment }) => taxTreatment === 'untaxed')).gross,
  }));
}

function amountsOf(sums: readonly { count: number; net: number; tax: number; gross: number }[]): Amounts {
  const total: Amounts = { records: 0, net: 0, tax: 0, gross: 0 };
  for (const { count, net, tax, gross } of sums) {
    total.records += count;
    total.net += net;
    total.tax += tax;
    total.gross += gross;
  }
  return total;
}

/** In the order of the keys. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
