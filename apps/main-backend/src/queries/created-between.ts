const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 24 * 3600 * 1000;

/**
 * The condition of the list filters `from` and `to`, both inclusive, both ISO 8601. A `to` without a time means the whole
 * of that day (UTC): whoever asks for January to 2026-01-31 wants the 31st.
 */
export function createdBetween(from: string | undefined, to: string | undefined): { createdAt?: { $gte?: Date; $lte?: Date; $lt?: Date } } {
  if (from === undefined && to === undefined) return {};
  return { createdAt: { ...(from === undefined ? {} : { $gte: new Date(from) }), ...(to === undefined ? {} : until(to)) } };
}

function until(to: string): { $lte: Date } | { $lt: Date } {
  return DATE_ONLY.test(to) ? { $lt: new Date(new Date(to).getTime() + DAY_MS) } : { $lte: new Date(to) };
}

/** The same period as instants: `from` included, `until` not. Instants are whole milliseconds. */
export function createdWithin(from: string | undefined, to: string | undefined): { from?: Date; until?: Date } {
  const { $gte, $lte, $lt } = createdBetween(from, to).createdAt ?? {};
  return { from: $gte, until: $lt ?? ($lte && new Date($lte.getTime() + 1)) };
}
