import { allocate } from '../arithmetic/exact.js';
import { lineTotal } from '../arithmetic/line-total.js';
import { percentOf, rateUnits } from '../arithmetic/percent.js';
import type { RatePart } from '../configuration/rate-index.js';
import type { Decided } from '../decision/decided.js';
import type { Amount, TaxedAmount } from './amounts.js';

/** A line of the type `tax`. */
export interface GivenTaxLine {
  readonly line: { id: string; quantity: number; unitPrice: number; discount?: number; rate?: number };
  /** Where it counts when there is nothing else to carry it. */
  readonly decision?: Decided;
}

/** The decision of a line that names no rate. */
export function unnamed(decision: Decided): Decided {
  return { ...decision, parts: [], rate: 0, units: 0 };
}

/**
 * Puts the tax that lines of their own name to the lines they are on: those that name the same rate; all of them, where none does.
 * That is how shops write a single line of tax. What no tax is named for is left out: its tax is not known.
 */
export function addGivenTax(amounts: readonly Amount[], taxLines: readonly GivenTaxLine[]): TaxedAmount[] {
  const rates = new Set(amounts.flatMap(({ decision }) => decision.parts.map(({ rate }) => rate)).filter((rate) => rate > 0));
  const onlyRate = rates.size === 1 ? [...rates][0] : undefined;
  const taxes = new Map<number | undefined, number>();
  for (const { line } of taxLines) {
    const rate = line.rate ?? onlyRate;
    taxes.set(rate, (taxes.get(rate) ?? 0) + lineTotal(line));
  }
  const [first] = taxLines;
  if (amounts.length === 0) return first?.decision ? [carrying(first.line.id, first.decision, taxes)] : [];
  const ofRate = (rate: number | undefined): Amount[] =>
    amounts.filter(({ decision }) => decision.parts.length === 1 && decision.parts[0]?.rate === rate);
  const isOnEverything = [...taxes.keys()].some((rate) => ofRate(rate).length === 0);
  if (isOnEverything) return put(amounts, taxes);
  return [...taxes].flatMap(([rate, tax]) => put(ofRate(rate), new Map([[rate, tax]])));
}

type Taxes = ReadonlyMap<number | undefined, number>;

function carrying(id: string, decision: Decided, taxes: Taxes): TaxedAmount {
  const components = [...taxes.values()];
  const tax = sum(components);
  return { id, decision: bearing(decision, 0, taxes), net: 0, tax, gross: tax, components };
}

function put(amounts: readonly Amount[], taxes: Taxes): TaxedAmount[] {
  const base = sum(amounts.map(({ total }) => total));
  const weights = amounts.map(({ id, total }) => ({ key: id, weight: total }));
  const shares = [...taxes.values()].map((tax) =>
    base > 0 ? allocate(tax, weights, tax, base) : amounts.map((_, index) => (index === 0 ? tax : 0)),
  );
  return amounts.map(({ id, decision, total }, index) => {
    const components = shares.map((share) => share[index] ?? 0);
    const tax = sum(components);
    return { id, decision: bearing(decision, base, taxes), net: total, tax, gross: total + tax, components };
  });
}

function bearing(decision: Decided, base: number, taxes: Taxes): Decided {
  const parts = [...taxes].map(([named, tax]): RatePart => {
    const rate = named ?? rateOf(tax, base);
    return { type: 'vat', rateCode: 'MANUAL', rate, units: rateUnits(rate) };
  });
  const units = sum(parts.map((part) => part.units));
  const [only] = parts;
  const rate = parts.length === 1 && only ? only.rate : percentOf(units);
  return { ...decision, category: units === 0 ? 'Z' : 'S', rate, parts, units };
}

/** The rate that tax on a base amounts to, in percent with two decimals. */
function rateOf(tax: number, base: number): number {
  return base === 0 ? 0 : Math.abs(Math.round((tax / base) * 10_000) / 100);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
