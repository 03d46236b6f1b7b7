import { lineTotal, linesByRate } from './lines-by-rate.js';

/** A line as the order has it. `unitPrice` in minor units, negative for discounts; `vatRate` in percent. */
export interface TaxableLine {
  readonly quantity: number;
  readonly unitPrice: number;
  readonly vatRate?: number;
  readonly itemType: string;
}

export interface TaxableOrder {
  /** What is charged, in minor units: the sum of the lines, or any amount when there are none. */
  readonly amount: number;
  readonly items: readonly TaxableLine[];
}

/** What is known of who buys, and where. */
export interface BuyerPlace {
  readonly country?: string;
  readonly postcode?: string;
  readonly vatId?: string;
}

/** One rate of tax. Amounts in minor units, the rate in percent. */
export interface TaxShare {
  readonly taxRate: number;
  readonly taxRateCode?: string;
  readonly taxableBase: number;
  readonly taxAmount: number;
}

export interface TaxPreview {
  /** True when the prices of the lines contain the tax; false when lines of their own add it. */
  readonly taxIncluded: boolean;
  readonly totalNet: number;
  readonly totalTax: number;
  /** Always what is charged. */
  readonly totalGross: number;
  readonly taxBreakdown: readonly TaxShare[];
}

/** Rates are counted in millionths of a percent, so that 5.5 or 19.6 are exact. */
const RATE_UNIT = 1_000_000;
const WHOLE = 100n * BigInt(RATE_UNIT);

/**
 * The tax in an order, as far as the shop has given it: by lines of the type `tax`, else by the rates of the lines, whose
 * prices then contain it. The total is what is charged, whatever the place: the shop has computed the order for it.
 */
export function previewTax(order: TaxableOrder, _place: BuyerPlace = {}): TaxPreview {
  const taxLines = order.items.filter((line) => line.itemType === 'tax' && lineTotal(line) !== 0n);
  return taxLines.length > 0 ? addedTax(order, taxLines) : includedTax(order);
}

function includedTax({ amount, items }: TaxableOrder): TaxPreview {
  const shares = [...linesByRate(items).byRate].map(([taxRate, gross]) => {
    const tax = taxWithin(gross, taxRate);
    return { taxRate, taxableBase: Number(gross - tax), taxAmount: Number(tax) };
  });
  return totals(true, amount, shares);
}

function addedTax({ amount, items }: TaxableOrder, taxLines: readonly TaxableLine[]): TaxPreview {
  const { byRate } = linesByRate(items.filter((line) => line.itemType !== 'tax'));
  const [onlyRate, ...furtherRates] = [...byRate.keys()].filter((rate) => rate > 0);
  const unsaid = furtherRates.length === 0 ? onlyRate : undefined;
  const taxByRate = new Map<number | undefined, bigint>();
  for (const line of taxLines) {
    const rate = line.vatRate ?? unsaid;
    taxByRate.set(rate, (taxByRate.get(rate) ?? 0n) + lineTotal(line));
  }
  const net = BigInt(amount) - taxLines.reduce((sum, line) => sum + lineTotal(line), 0n);
  const shares = [...taxByRate].map(([rate, tax]) => {
    // Without lines of that rate, the tax is on everything: that is how shops write a single line of tax.
    const base = (rate === undefined ? undefined : byRate.get(rate)) ?? net;
    return { taxRate: rate ?? rateOf(tax, base), taxableBase: Number(base), taxAmount: Number(tax) };
  });
  return totals(false, amount, shares);
}

function totals(taxIncluded: boolean, totalGross: number, shares: readonly TaxShare[]): TaxPreview {
  const taxBreakdown = [...shares].sort((a, b) => b.taxRate - a.taxRate);
  const totalTax = shares.reduce((sum, { taxAmount }) => sum + taxAmount, 0);
  return { taxIncluded, totalNet: totalGross - totalTax, totalTax, totalGross, taxBreakdown };
}

/** The tax that a price contains, rounded half away from zero, so that a refund mirrors the sale. */
function taxWithin(gross: bigint, rate: number): bigint {
  const scaled = BigInt(Math.round(rate * RATE_UNIT));
  const magnitude = gross < 0n ? -gross : gross;
  const divisor = WHOLE + scaled;
  const tax = (2n * magnitude * scaled + divisor) / (2n * divisor);
  return gross < 0n ? -tax : tax;
}

/** The rate that tax on a base amounts to, in percent with two decimals. */
function rateOf(tax: bigint, base: bigint): number {
  return base === 0n ? 0 : Math.abs(Math.round((Number(tax) / Number(base)) * 10_000) / 100);
}
