import { isObjectId } from '@paygate/kernel';

/** Our clock and the provider's may differ, and a request takes its time. */
const LEEWAY_MS = 3_600_000;

/**
 * Before when nothing can have been made at a provider for this id of ours, whose first eight digits are the second it was
 * given out; undefined when they cannot be.
 */
export function notMadeBefore(id: string, now: Date): Date | undefined {
  if (!isObjectId(id)) return undefined;
  const given = Number.parseInt(id.slice(0, 8), 16) * 1000;
  return given > now.getTime() + LEEWAY_MS ? undefined : new Date(given - LEEWAY_MS);
}
