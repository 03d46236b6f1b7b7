import type { Decided } from '../decision/decided.js';
import { knownSupplyType } from '../decision/supply.js';
import { countryCode } from '../places/countries.js';
import { territoryOf } from '../places/territory.js';
import type { TaxBuyer, TaxPlace } from '../tax-input.js';
import type { TaxCalculation } from '../tax-result.js';
import { lineTotal } from '../arithmetic/line-total.js';
import { rateUnits } from '../arithmetic/percent.js';
import { breakdownOf, taxedLine } from './breakdown.js';
import { addGivenTax, unnamed } from './given-tax-lines.js';
import { roundByDocument } from './round-by-document.js';
import { spreadDiscounts } from './spread-discounts.js';

/** A line as the shop has it. */
export interface GivenItem {
  /** `line-1`, `line-2`, … when absent. */
  readonly id?: string;
  readonly quantity: number;
  /** Minor units, negative for discounts. */
  readonly unitPrice: number;
  /** Percent. */
  readonly vatRate?: number;
  readonly itemType: string;
}

/** An order whose tax the shop has computed itself. */
export interface GivenOrder {
  /** What is charged, minor units: the sum of the lines, or any amount when there are none. */
  readonly amount: number;
  readonly items: readonly GivenItem[];
  readonly currency?: string;
  readonly taxPoint?: string;
  readonly sellerCountry?: string;
  readonly buyer?: TaxBuyer;
  readonly shipTo?: TaxPlace;
}

/**
 * The tax in an order as far as the shop has given it: by lines of the type `tax`, else by the rates of the lines, whose prices then
 * contain it. The total is what is charged, whatever the place. Of what names no rate the tax is not known: it is in the totals, as
 * net, but in no line and no row of the breakdown.
 */
export function calculateGivenTax(order: GivenOrder): TaxCalculation {
  const items = order.items.map((item, index) => ({
    ...item,
    id: item.id ?? `line-${index + 1}`,
    rate: item.vatRate,
    total: lineTotal(item),
  }));
  const taxLines = items.filter(({ itemType, total }) => itemType === 'tax' && total !== 0);
  const isAdded = taxLines.length > 0;
  const lines = isAdded ? items.filter(({ itemType }) => itemType !== 'tax') : items;
  const spreadable = lines.map(({ id, total, vatRate, itemType }) => {
    const isDiscountOnAll = vatRate === undefined && total < 0;
    return { id, total, isGross: !isAdded, decision: isDiscountOnAll ? undefined : decisionOf(order, itemType, vatRate) };
  });
  const amounts = spreadDiscounts(spreadable, () => undefined);
  const taxed = isAdded
    ? addGivenTax(
        amounts,
        taxLines.map((line) => ({ line, decision: decisionOf(order, line.itemType, line.rate) })),
      )
    : roundByDocument(amounts.filter(({ decision }) => decision.parts.length > 0));
  const totalTax = taxed.reduce((total, { tax }) => total + tax, 0);
  return {
    taxIncluded: !isAdded,
    currency: order.currency ?? '',
    taxPoint: order.taxPoint ?? '',
    totalNet: order.amount - totalTax,
    totalTax,
    totalGross: order.amount,
    lines: taxed.map(taxedLine),
    breakdown: breakdownOf(taxed),
    parties: partiesOf(order),
    warnings: [],
  };
}

/** One rate of tax as previews and pages show it. Minor units and percent. */
export interface TaxShare {
  readonly taxRate: number;
  readonly taxRateCode: string;
  readonly taxableBase: number;
  readonly taxAmount: number;
}

/** A breakdown rate by rate, the highest first: taxes levied side by side on the same goods stand by themselves. */
export function taxShares({ breakdown }: Pick<TaxCalculation, 'breakdown'>): TaxShare[] {
  const shares = new Map<string, { -readonly [Key in keyof TaxShare]: TaxShare[Key] }>();
  for (const { taxRate, taxRateCode, taxableBase, taxAmount, components } of breakdown) {
    const parts = components.length > 1 ? components : [{ rate: taxRate, rateCode: taxRateCode, tax: taxAmount }];
    for (const { rate, rateCode, tax } of parts) {
      const key = `${rateCode} ${rate}`;
      const share = shares.get(key) ?? { taxRate: rate, taxRateCode: rateCode, taxableBase: 0, taxAmount: 0 };
      share.taxableBase += taxableBase;
      share.taxAmount += tax;
      shares.set(key, share);
    }
  }
  return [...shares.values()].sort((a, b) => b.taxRate - a.taxRate);
}

function decisionOf({ buyer, shipTo, sellerCountry = '' }: GivenOrder, itemType: string, rate: number | undefined): Decided {
  const supplyType = knownSupplyType(itemType) ?? 'goods';
  const isGoods = supplyType === 'goods' || supplyType === 'shipping';
  const territory = territoryOf((isGoods && shipTo?.country !== undefined ? shipTo : buyer) ?? {}, isGoods);
  const units = rateUnits(rate ?? 0);
  const decision: Decided = {
    supplyType,
    taxCountry: territory?.country ?? countryCode(sellerCountry) ?? '',
    taxRegion: territory?.region,
    treatment: 'manual',
    reason: 'manual_override',
    category: units === 0 ? 'Z' : 'S',
    rate: rate ?? 0,
    rateCode: 'MANUAL',
    parts: [{ type: 'vat', rateCode: 'MANUAL', rate: rate ?? 0, units }],
    units,
    decidedBy: 'line',
    evidenceRequired: 0,
    explain: ['The shop computed the tax itself.'],
  };
  return rate === undefined ? unnamed(decision) : decision;
}

function partiesOf({ buyer = {}, sellerCountry = '' }: GivenOrder): TaxCalculation['parties'] {
  const { vatId, vatIdStatus, consultationNumber, type, company } = buyer;
  const country = countryCode(buyer.country);
  const isBusiness = type === undefined ? !!company || (!!vatId && vatIdStatus !== 'invalid') : type === 'business';
  return {
    sellerCountry: countryCode(sellerCountry) ?? '',
    ...(country !== undefined && { buyerCountry: country }),
    buyerType: isBusiness ? 'B2B' : 'B2C',
    ...(vatId !== undefined && { vatId }),
    ...(vatIdStatus !== undefined && { vatIdStatus }),
    ...(consultationNumber !== undefined && { consultationNumber }),
  };
}
