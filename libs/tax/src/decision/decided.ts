import { compare } from '../arithmetic/exact.js';
import type { RatePart } from '../configuration/rate-index.js';
import type { LineDecision } from '../tax-result.js';

/** A decision with what the arithmetic needs. */
export interface Decided extends LineDecision {
  /** None where nothing is charged, nor where the rate is not known. */
  readonly parts: readonly RatePart[];
  /** Sum of the parts, millionths of a percent. */
  readonly units: number;
  readonly evidenceRequired: number;
}

/** Whether two lines are rounded together: EN 16931 computes once per category and rate. */
export function roundTogether(a: Decided, b: Decided): boolean {
  if (a === b) return true;
  return (
    a.units === b.units &&
    a.taxCountry === b.taxCountry &&
    a.taxRegion === b.taxRegion &&
    a.category === b.category &&
    a.exemptionCode === b.exemptionCode &&
    sameParts(a.parts, b.parts)
  );
}

/** A rate of zero that a line names is not the same as none. */
function sameParts(a: readonly RatePart[], b: readonly RatePart[]): boolean {
  if (a.length !== b.length) return false;
  return (
    a.length === 1 ||
    a.every(({ rateCode, units }, index) => {
      const other = b[index];
      return other?.rateCode === rateCode && other.units === units;
    })
  );
}

/** Whether two lines are of one kind: one row of the breakdown. */
export function areOneKind(a: Decided, b: Decided): boolean {
  if (a === b) return true;
  return (
    a.supplyType === b.supplyType &&
    a.treatment === b.treatment &&
    a.reason === b.reason &&
    a.rateCode === b.rateCode &&
    a.legalText === b.legalText &&
    roundTogether(a, b)
  );
}

const ORDER = [
  'taxCountry',
  'taxRegion',
  'supplyType',
  'treatment',
  'reason',
  'rateCode',
  'category',
  'exemptionCode',
  'legalText',
] as const;

/** The highest rate first; kinds of lines never compare as equal, so that their order does not depend on that of the lines. */
export function compareKinds(a: Decided, b: Decided): number {
  if (a.units !== b.units) return b.units - a.units;
  for (const field of ORDER) {
    const order = compare(a[field], b[field]);
    if (order !== 0) return order;
  }
  return a.parts.length - b.parts.length;
}
