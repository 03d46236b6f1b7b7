const DAY_MS = 24 * 3600 * 1000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The first instant of a calendar day in a time zone, to the millisecond. A day that a zone left out begins when the next one does.
 * @param day `YYYY-MM-DD`
 * @param zone IANA name
 */
export function startOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No zone is further from UTC than this. In between, the day begins where the calendar there first shows it, or a later one.
  let before = midnight - DAY_MS;
  let after = midnight + DAY_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayIn(zone, middle) >= day) after = middle;
    else before = middle;
  }
  return new Date(after);
}

/** The calendar day after another. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The calendar day of an instant in a time zone. */
export function dayIn(zone: string, instant: number): string {
  let format = formats.get(zone);
  if (!format) {
    // The Swedish way of writing a date is that of ISO 8601.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format.format(instant);
}
