import { allocate, mulDivRound } from '../arithmetic/exact.js';
import { WHOLE } from '../arithmetic/percent.js';
import { roundTogether } from '../decision/decided.js';
import type { RatePart } from '../configuration/rate-index.js';
import type { Amount, TaxedAmount } from './amounts.js';

/**
 * Tax once per rate of the document, as EN 16931 computes it (BR-CO-17), then spread over the lines. Net prices get their tax on top;
 * gross prices stay what the buyer saw to the cent, and the tax is taken out of their sum.
 */
export function roundByDocument(amounts: readonly Amount[]): TaxedAmount[] {
  if (amounts.length === 1) return roundGroup(amounts);
  const groups: { indexes: number[]; amounts: Amount[] }[] = [];
  amounts.forEach((amount, index) => {
    const group = groups.find(({ amounts: [first] }) => first && goTogether(first, amount));
    if (group) {
      group.indexes.push(index);
      group.amounts.push(amount);
    } else groups.push({ indexes: [index], amounts: [amount] });
  });
  const taxed: TaxedAmount[] = [];
  for (const group of groups) {
    roundGroup(group.amounts).forEach((one, position) => {
      taxed[group.indexes[position] ?? 0] = one;
    });
  }
  return taxed;
}

function goTogether(a: Amount, b: Amount): boolean {
  return a.isGross === b.isGross && roundTogether(a.decision, b.decision);
}

/** Every line by itself. */
export function roundByLine(amounts: readonly Amount[]): TaxedAmount[] {
  return amounts.flatMap((amount) => roundGroup([amount]));
}

/** Amounts of the same rates, all gross or all net. */
function roundGroup(amounts: readonly Amount[]): TaxedAmount[] {
  const [first] = amounts;
  if (!first) return [];
  if (first.decision.units === 0) return amounts.map(untaxed);
  return first.isGross ? taxWithin(amounts, first.decision.units) : taxOnTop(amounts, first.decision.parts);
}

function untaxed({ id, decision, total }: Amount): TaxedAmount {
  return { id, decision, net: total, tax: 0, gross: total, components: decision.parts.map(() => 0) };
}

function taxOnTop(amounts: readonly Amount[], parts: readonly RatePart[]): TaxedAmount[] {
  const base = sum(amounts.map(({ total }) => total));
  const weights = amounts.map(({ id, total }) => ({ key: id, weight: total }));
  // Taxes levied side by side are rounded each by itself.
  const shares = parts.map(({ units }) => allocate(mulDivRound(base, units, WHOLE), weights, units, WHOLE));
  return amounts.map(({ id, decision, total }, index) => {
    const components = shares.map((share) => share[index] ?? 0);
    const tax = sum(components);
    return { id, decision, net: total, tax, gross: total + tax, components };
  });
}

function taxWithin(amounts: readonly Amount[], units: number): TaxedAmount[] {
  const gross = sum(amounts.map(({ total }) => total));
  const tax = mulDivRound(gross, units, WHOLE + units);
  const weights = amounts.map(({ id, total }) => ({ key: id, weight: total }));
  const nets = allocate(gross - tax, weights, WHOLE, WHOLE + units);
  const taxes = amounts.map(({ total }, index) => total - (nets[index] ?? 0));
  const components = componentsOf(amounts, tax, taxes);
  return amounts.map(({ id, decision, total }, index) => ({
    id,
    decision,
    net: nets[index] ?? 0,
    tax: taxes[index] ?? 0,
    gross: total,
    components: components.map((share) => share[index] ?? 0),
  }));
}

/** Splits the tax that is in gross prices by its rates, for the whole and for every line. */
function componentsOf(amounts: readonly Amount[], tax: number, taxes: readonly number[]): number[][] {
  const [first] = amounts;
  const { parts = [], units = 1 } = first?.decision ?? {};
  if (parts.length === 1) return [[...taxes]];
  const wholes = allocate(
    tax,
    parts.map((part) => ({ key: part.rateCode, weight: part.units })),
    tax,
    units,
  );
  const weights = amounts.map(({ id, total }) => ({ key: id, weight: total }));
  const left = [...taxes];
  return parts.map((part, position) => {
    if (position === parts.length - 1) return left;
    const share = allocate(wholes[position] ?? 0, weights, part.units, WHOLE + units);
    share.forEach((amount, index) => {
      left[index] = (left[index] ?? 0) - amount;
    });
    return share;
  });
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
