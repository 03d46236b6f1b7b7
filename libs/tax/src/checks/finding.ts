/** Something wrong with a piece of configuration. */
export interface TaxFinding {
  /** Path in the piece, e.g. `registrations[0].country`. */
  readonly field: string;
  /** What was expected, in one sentence. */
  readonly message: string;
}

/** Collects what is wrong, field by field. */
export class Findings {
  readonly list: TaxFinding[] = [];

  expect(holds: boolean, field: string, message: string): void {
    if (!holds) this.list.push({ field, message: `Expected ${message}.` });
  }
}

/** A calendar day that exists, `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

/** Both inclusive; open where absent. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

export function periodsMeet(a: Period, b: Period): boolean {
  return (a.from ?? '') <= (b.to ?? '9999') && (b.from ?? '') <= (a.to ?? '9999');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
