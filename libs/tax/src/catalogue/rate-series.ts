import type { RateType, TaxRate } from '../tax-rate.js';

/** How sure the catalogue is of a row: `low` was not confirmed by a second source. */
export type CatalogueConfidence = 'high' | 'medium' | 'low';

/** A rate of the catalogue shipped with the product. */
export interface CatalogueRate extends TaxRate {
  readonly source: string;
  readonly confidence: CatalogueConfidence;
  /** What the rate is for, or what to know about it. */
  readonly note?: string;
  /** The rate is older than its `validFrom`: the catalogue does not reach further back. */
  readonly floor?: boolean;
}

export const CATALOGUE_SOURCES = {
  tedb: 'European Commission, Taxes in Europe Database, state of 2026-09-23',
  national: 'National tax authority or law',
  press: 'Press and advisers’ reports',
  kpmg: 'KPMG TaxNewsFlash, 2025-12-15',
  general: 'General knowledge, cross-checked where possible',
} as const;

/** One code of one place through time. Each step holds until the day before the next, so that there is neither gap nor overlap. */
export interface RateSeries {
  readonly country: string;
  readonly region?: string;
  /** Without its place: `STANDARD`, `REDUCED_2`, `QST`. */
  readonly code: string;
  readonly type?: RateType;
  /** First day and percent, the oldest first. */
  readonly steps: readonly (readonly [validFrom: string, rate: number])[];
  /** Last day of the last step; open when absent. */
  readonly until?: string;
  readonly source: keyof typeof CATALOGUE_SOURCES;
  readonly confidence?: CatalogueConfidence;
  readonly floor?: boolean;
  readonly note?: string;
}

export function ratesOf(series: RateSeries): CatalogueRate[] {
  const { country, region, steps, until, note } = series;
  const code = [country, region, series.code].filter(Boolean).join('_');
  return steps.map(([validFrom, rate], index) => {
    const next = steps[index + 1]?.[0];
    const validTo = next === undefined ? until : dayBefore(next);
    return {
      id: `default:${code}:${validFrom}`,
      country,
      ...(region && { region }),
      code,
      type: series.type ?? 'vat',
      rate,
      validFrom,
      ...(validTo && { validTo }),
      source: CATALOGUE_SOURCES[series.source],
      confidence: series.confidence ?? 'high',
      ...(note && { note }),
      ...(index === 0 && series.floor && { floor: true }),
    };
  });
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
