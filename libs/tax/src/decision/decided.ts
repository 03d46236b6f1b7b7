import type { LineDecision } from '../tax-result.js';
import type { RateType } from '../tax-rate.js';

/** One rate that a line bears; several only where taxes are levied side by side. */
export interface RatePart {
  readonly type: RateType;
  readonly region?: string;
  readonly rateCode: string;
  /** Percent. */
  readonly rate: number;
  /** Millionths of a percent. */
  readonly units: number;
}

/** A decision with what the arithmetic needs. */
export interface Decided extends LineDecision {
  readonly parts: readonly RatePart[];
  /** Sum of the parts, millionths of a percent. */
  readonly units: number;
  readonly evidenceRequired: number;
  /** Lines of one key are rounded together: EN 16931 computes once per category and rate. */
  readonly roundingKey: string;
  /** Lines of one key are one row of the breakdown. */
  readonly rowKey: string;
}

export type Undecorated = Omit<Decided, 'roundingKey' | 'rowKey'>;

export function withKeys(decision: Undecorated): Decided {
  const { taxCountry, taxRegion = '', category, exemptionCode = '', rate, parts } = decision;
  // A rate of zero that a line names is not the same as none.
  const sideBySide = parts.length === 1 ? '' : parts.map((part) => `${part.rateCode} ${part.rate}`).join('+') || 'none';
  const roundingKey = `${taxCountry}|${taxRegion}|${category}|${exemptionCode}|${rate}|${sideBySide}`;
  const { supplyType, treatment, reason, rateCode, legalText = '' } = decision;
  return { ...decision, roundingKey, rowKey: `${roundingKey}|${supplyType}|${treatment}|${reason}|${rateCode}|${legalText}` };
}
