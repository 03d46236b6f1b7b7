import { isCurrencyCode, minorDigits } from '@paygate/kernel';
import { mulDivRound } from '../arithmetic/exact.js';
import { lineTotal } from '../arithmetic/line-total.js';
import { rateUnits, WHOLE } from '../arithmetic/percent.js';
import type { Sale } from './sale.js';
import { knownSupplyType } from './supply.js';

/** Intrinsic value up to which VAT is charged at the sale instead of at the border; without shipping and VAT. */
export const IOSS_LIMIT_EUR = 150;
export const UK_LIMIT_GBP = 135;

/** `unknown` when the document is in another currency and no exchange rate was given. */
export type WithinLimit = 'within' | 'above' | 'unknown';

export function withinIossLimit(sale: Sale): WithinLimit {
  const { currency, unitsPerEuro } = sale.input;
  return within(sale, IOSS_LIMIT_EUR, currency === 'EUR' ? 1 : unitsPerEuro);
}

export function withinUkLimit(sale: Sale): WithinLimit {
  const { currency, unitsPerPound } = sale.input;
  return within(sale, UK_LIMIT_GBP, currency === 'GBP' ? 1 : unitsPerPound);
}

function within(sale: Sale, limit: number, unitsPerLimitCurrency: number | undefined): WithinLimit {
  const { currency } = sale.input;
  if (unitsPerLimitCurrency === undefined || !(unitsPerLimitCurrency > 0) || !isCurrencyCode(currency)) return 'unknown';
  return sale.goodsNet() <= limit * unitsPerLimitCurrency * 10 ** minorDigits(currency) ? 'within' : 'above';
}

/** What the goods of a sale cost without VAT, minor units; discounts on the whole take their share. */
export function netOfGoods(sale: Sale): number {
  let goods = 0;
  let positive = 0;
  let discounts = 0;
  for (const line of sale.input.lines) {
    const type = knownSupplyType(line.itemType) ?? 'goods';
    const total = lineTotal(line);
    if (type === 'discount' && total < 0) discounts += total;
    else positive += total;
    if (type !== 'goods') continue;
    const units = line.amountType === 'net' ? 0 : rateUnits(line.rate ?? line.statedRate ?? sale.rateAtDestination(line.rateCode) ?? 0);
    goods += mulDivRound(total, WHOLE, WHOLE + units);
  }
  return positive > 0 ? goods + mulDivRound(goods, discounts, positive) : goods;
}
