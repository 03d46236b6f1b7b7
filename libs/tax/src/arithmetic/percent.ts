/** Rates are counted in millionths of a percent, so that 5.5, 19.6 and 9.975 are exact. */
export const RATE_UNIT = 1_000_000;
/** One hundred percent. */
export const WHOLE = 100 * RATE_UNIT;

export function rateUnits(percent: number): number {
  return Math.round(percent * RATE_UNIT);
}

export function percentOf(units: number): number {
  return units / RATE_UNIT;
}
