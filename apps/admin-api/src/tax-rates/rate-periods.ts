/** Calendar days (`YYYY-MM-DD`), both inclusive; without an end it goes on. Such days compare as texts. */
export interface DayPeriod {
  readonly validFrom: string;
  readonly validTo?: string;
}

const DAY_MS = 24 * 3600 * 1000;

export function dayBefore(day: string): string {
  return shifted(day, -1);
}

export function dayAfter(day: string): string {
  return shifted(day, 1);
}

export function overlap(a: DayPeriod, b: DayPeriod): boolean {
  return startsBy(a, b.validTo) && startsBy(b, a.validTo);
}

/** What is left of a period without some others. */
export function without(period: DayPeriod, others: readonly DayPeriod[]): DayPeriod[] {
  return others.reduce<DayPeriod[]>((left, other) => left.flatMap((part) => cut(part, other)), [period]);
}

function cut(part: DayPeriod, other: DayPeriod): DayPeriod[] {
  if (!overlap(part, other)) return [part];
  const before = part.validFrom < other.validFrom ? [{ validFrom: part.validFrom, validTo: dayBefore(other.validFrom) }] : [];
  if (other.validTo === undefined || (part.validTo !== undefined && part.validTo <= other.validTo)) return before;
  return [...before, { ...part, validFrom: dayAfter(other.validTo) }];
}

function startsBy({ validFrom }: DayPeriod, end: string | undefined): boolean {
  return end === undefined || validFrom <= end;
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
