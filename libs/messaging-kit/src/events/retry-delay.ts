/** How long an event waits after its `failures`-th failed delivery (1 = the first), in milliseconds. */
export function retryDelay(failures: number, backoffMs: readonly number[]): number {
  return backoffMs[Math.min(failures, backoffMs.length) - 1] ?? 0;
}
