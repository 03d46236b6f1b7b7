/** How deliveries are sent; see DispatcherConfig for the meaning of the numbers. */
export interface SendingSettings {
  redisUrl: string;
  timeoutMs: number;
  concurrency: number;
  concurrencyPerOrigin: number;
  sweepMs: number;
  shutdownGraceMs: number;
  allowPrivateTargets: boolean;
  proxyUrl?: string;
  /** Seconds before each attempt; the public schedule unless a test gives its own. */
  retrySchedule: readonly number[];
}

export const SENDING_SETTINGS = Symbol('SENDING_SETTINGS');

/** What a claim outlives the deadline of its attempt by: enough to wait for its turn and to write the result down. */
const LEASE_RESERVE_MS = 10_000;

/** How long a claimed delivery is safe from other instances. */
export function leaseMs(settings: Pick<SendingSettings, 'timeoutMs'>): number {
  return settings.timeoutMs + LEASE_RESERVE_MS;
}
