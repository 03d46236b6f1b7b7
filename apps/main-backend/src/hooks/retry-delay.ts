const STEPS_MS = [1_000, 5_000, 30_000, 60_000, 300_000];
const LONGEST_MS = 900_000;

/** How long a notification that could not be processed waits, after `attempts` failures (from 1). */
export function retryDelayMs(attempts: number): number {
  return STEPS_MS[attempts - 1] ?? LONGEST_MS;
}
