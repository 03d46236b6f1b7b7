import { mulDivRound } from '../arithmetic/exact.js';
import type { ReversedBreakdown, TaxCalculation } from '../tax-result.js';

/** What goes back of a sale. Amounts in minor units, negative. */
export interface ReversedTax {
  readonly breakdown: readonly ReversedBreakdown[];
  /** The part whose tax is not known. */
  readonly untaxed: number;
}

/**
 * The tax in a part of a sale that goes back. It is the difference between what has gone back after it and before it, each in
 * proportion to the whole and rounded, so that any sequence of parts adds up to exactly the whole, row by row.
 * @param reversedBefore what went back earlier, minor units, 0 or more
 * @param amount what goes back now, minor units, more than 0
 * @throws RangeError when more would go back than was charged, or an amount is no positive integer
 */
export function reverseTax(calculation: TaxCalculation, reversedBefore: number, amount: number): ReversedTax {
  const { totalGross, breakdown } = calculation;
  if (!Number.isSafeInteger(reversedBefore) || reversedBefore < 0)
    throw new RangeError(`${reversedBefore} is not an amount reversed before`);
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`${amount} is not an amount to reverse`);
  if (amount > totalGross - reversedBefore)
    throw new RangeError(`only ${totalGross - reversedBefore} of ${totalGross} are left to reverse`);
  const before = partsOf(calculation, reversedBefore);
  const after = partsOf(calculation, reversedBefore + amount);
  const since = (index: number): number => (before[index] ?? 0) - (after[index] ?? 0);
  let at = 0;
  const rows = breakdown.map((row): ReversedBreakdown => {
    const taxableBase = since(at);
    at += 1;
    const components = row.components.map((component) => {
      const tax = since(at);
      at += 1;
      return { ...component, tax };
    });
    // A row without components bears no tax.
    const taxAmount = row.components.length > 0 ? components.reduce((sum, { tax }) => sum + tax, 0) : 0;
    return { ...row, taxableBase, taxAmount, components };
  });
  return { breakdown: rows, untaxed: since(at) };
}

/** Base and components of every row, then the untaxed rest, at a point where `reversed` of the whole has gone back. Sums to it. */
function partsOf({ totalGross, breakdown }: TaxCalculation, reversed: number): number[] {
  const wholes: number[] = [];
  let rest = totalGross;
  for (const { taxableBase, taxAmount, components } of breakdown) {
    wholes.push(taxableBase, ...components.map(({ tax }) => tax));
    rest -= taxableBase + taxAmount;
  }
  wholes.push(rest);
  // Cumulative: whatever one part loses by rounding, the next one gets.
  let seen = 0;
  let given = 0;
  return wholes.map((whole) => {
    seen += whole;
    const upTo = mulDivRound(seen, reversed, totalGross);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
