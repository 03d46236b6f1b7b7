import { mulDivRound } from './exact.js';

const QUANTITY_UNIT = 1_000_000;

/** What a line comes to before tax is looked at, minor units; half a unit is rounded away from zero. */
export function lineTotal(line: { quantity: number; unitPrice: number; discount?: number }): number {
  const { quantity, unitPrice, discount = 0 } = line;
  const exact = Number.isInteger(quantity) ? quantity * unitPrice : undefined;
  const extended =
    exact !== undefined && Number.isSafeInteger(exact)
      ? exact
      : mulDivRound(Math.round(quantity * QUANTITY_UNIT), unitPrice, QUANTITY_UNIT);
  // Nothing of a negative price is -0; adding 0 makes it 0.
  return extended - discount + 0;
}

/** At most six decimals, as quantities on documents have. */
export function isQuantity(value: unknown): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return Number.isSafeInteger(value) || (Math.abs(value) < 1e9 && Number(value.toFixed(6)) === value);
}
