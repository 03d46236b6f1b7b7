import { mergeSums } from '@paygate/data-kit';
import type { TaxDimensions, TaxFigures } from '../../tax-records/index.js';

/** What rows of a return are made of. */
export const OSS_DIMENSIONS = ['taxCountry', 'supplyType', 'rateCode', 'rate', 'currency', 'sellerCountry'] as const;
export type OssSum = Pick<TaxDimensions, (typeof OSS_DIMENSIONS)[number]> & TaxFigures;
/** What went back of sales of earlier quarters; `saleMonth` is `YYYY-MM`. */
export type OssCorrectionSum = OssSum & { saleMonth: string };

export interface OssPeriod {
  year: number;
  /** 1 to 4. */
  quarter: number;
}

export type OssSupply = 'goods' | 'services';
export type OssRateType = 'STANDARD' | 'REDUCED';

/** Amounts in euro cents. */
export interface OssRow {
  /** Member State of consumption; `XI` for goods in Northern Ireland. */
  country: string;
  supply: OssSupply;
  rateType: OssRateType;
  /** Percent. */
  rate: number;
  /** Where it was supplied from. */
  sellerCountry: string;
  net: number;
  tax: number;
  /** How many tax records are in it, and for how many of them the place is proven, or contradicted by some piece. */
  records: number;
  evidence: { sufficient: number; insufficient: number; contradicting: number };
}

/** What an earlier return said too much of, as a negative amount of VAT. */
export interface OssCorrection extends OssPeriod {
  country: string;
  tax: number;
}

/** What is due to a Member State, corrections included. */
export interface OssBalance {
  country: string;
  tax: number;
}

export interface OssReturn extends OssPeriod {
  rows: OssRow[];
  corrections: OssCorrection[];
  balances: OssBalance[];
  /** `due`: the balances that are positive; one that is negative lowers no other. */
  totals: { net: number; tax: number; corrections: number; due: number };
}

/** How an amount of minor units becomes euro cents. */
export type InEuro = (amount: number, currency: string) => number;

const GOODS: ReadonlySet<string> = new Set(['goods', 'shipping']);

/**
 * A quarter's return from what was recorded in it. Returns of this quarter's own sales lower their rows; those of earlier
 * quarters' sales are corrections. Each sum is converted once, so nothing is rounded twice.
 * @param sums everything recorded in the quarter, `corrections` included
 */
export function ossReturn(period: OssPeriod, sums: readonly OssSum[], corrections: readonly OssCorrectionSum[], inEuro: InEuro): OssReturn {
  const others = corrections.map((sum) => negated(sum));
  const own = mergeSums([...sums, ...others], OSS_DIMENSIONS, FIGURES) as OssSum[];
  const rows = rowsOf(own, inEuro);
  const corrected = correctionsOf(corrections, inEuro);
  const balances = new Map<string, number>();
  for (const { country, tax } of [...rows, ...corrected]) balances.set(country, (balances.get(country) ?? 0) + tax);
  const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
  return {
    ...period,
    rows,
    corrections: corrected,
    balances: [...balances].map(([country, tax]) => ({ country, tax })).sort(byText(({ country }) => country)),
    totals: {
      net: total(rows.map(({ net }) => net)),
      tax: total(rows.map(({ tax }) => tax)),
      corrections: total(corrected.map(({ tax }) => tax)),
      due: total([...balances.values()].filter((tax) => tax > 0)),
    },
  };
}

/** What a rate code says: that of the place's standard rate, or any other. */
export function rateTypeOf(rateCode: string): OssRateType {
  return /(?:^|_)STANDARD$/.test(rateCode) ? 'STANDARD' : 'REDUCED';
}

export function supplyOf(supplyType: string): OssSupply {
  return GOODS.has(supplyType) ? 'goods' : 'services';
}

const FIGURES = ['count', 'net', 'tax', 'gross', 'evidenced', 'contradicted'] as const;

function rowsOf(sums: readonly OssSum[], inEuro: InEuro): OssRow[] {
  const converted = sums.map(({ taxCountry, supplyType, rateCode, rate, currency, sellerCountry, ...figures }) => ({
    ...{ country: taxCountry, supply: supplyOf(supplyType), rateType: rateTypeOf(rateCode), rate, sellerCountry, currency },
    ...figures,
  }));
  const perCurrency = mergeSums(converted, [...ROW, 'currency'], FIGURES) as UnfinishedRow[];
  const inOne = perCurrency.map((sum) => ({ ...sum, net: inEuro(sum.net, sum.currency), tax: inEuro(sum.tax, sum.currency) }));
  const merged = mergeSums(inOne, ROW, FIGURES) as UnfinishedRow[];
  return merged
    .map(({ country, supply, rateType, rate, sellerCountry, net, tax, count, evidenced, contradicted }) => ({
      ...{ country, supply, rateType, rate, sellerCountry, net, tax, records: count },
      evidence: { sufficient: evidenced, insufficient: count - evidenced, contradicting: contradicted },
    }))
    .sort(byText(({ country, supply, rate }) => `${country} ${supply} ${String(rate * 10_000).padStart(8, '0')}`));
}

const ROW = ['country', 'supply', 'rateType', 'rate', 'sellerCountry'] as const;
type UnfinishedRow = Omit<OssRow, 'evidence' | 'records'> & TaxFigures & { currency: string };

function correctionsOf(sums: readonly OssCorrectionSum[], inEuro: InEuro): OssCorrection[] {
  const ofQuarters = sums.map(({ saleMonth, taxCountry, currency, tax }) => {
    const [year = 0, month = 0] = saleMonth.split('-').map(Number);
    return { country: taxCountry, year, quarter: Math.ceil(month / 3), currency, tax };
  });
  const perCurrency = mergeSums(ofQuarters, ['country', 'year', 'quarter', 'currency'], ['tax']) as typeof ofQuarters;
  const inOne = perCurrency.map((sum) => ({ ...sum, tax: inEuro(sum.tax, sum.currency) }));
  const merged = mergeSums(inOne, ['country', 'year', 'quarter'], ['tax']) as unknown as OssCorrection[];
  return merged.sort(byText(({ country, year, quarter }) => `${country} ${year} ${quarter}`));
}

function negated(sum: OssCorrectionSum): OssSum {
  const figures = FIGURES.map((figure) => [figure, 0 - sum[figure]]);
  return { ...sum, ...(Object.fromEntries(figures) as TaxFigures) };
}

function byText<T>(textOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (textOf(a) < textOf(b) ? -1 : 1);
}
