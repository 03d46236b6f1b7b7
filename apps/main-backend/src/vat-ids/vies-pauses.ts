import type { ViesReason } from './vies-answer.js';

/** How long a state that did not answer is left alone. */
const PAUSE_MS = 60_000;
const WHOLE_SERVICE = '*';
/** About the service or us, not about one state. */
const OF_THE_WHOLE_SERVICE: ReadonlySet<ViesReason> = new Set([
  'SERVICE_UNAVAILABLE',
  'GLOBAL_MAX_CONCURRENT_REQ',
  'GLOBAL_MAX_CONCURRENT_REQ_TIME',
  'IP_BLOCKED',
  'NO_CONNECTION',
]);

/** About the company that asks: other companies' questions are answered. */
const OF_THE_REQUESTER: ReadonlySet<ViesReason> = new Set(['VAT_BLOCKED', 'INVALID_REQUESTER_INFO']);

/**
 * Which states are not asked at present, because they did not answer a moment ago. Each instance finds out by itself: it
 * costs one slow answer a minute, and works without Redis.
 */
export class ViesPauses {
  private readonly paused = new Map<string, { readonly until: number; readonly reason: ViesReason }>();

  /** Why the state is not to be asked; undefined when it may be. */
  reason(countryCode: string, now: Date): ViesReason | undefined {
    for (const key of [WHOLE_SERVICE, countryCode]) {
      const pause = this.paused.get(key);
      if (pause && pause.until > now.getTime()) return pause.reason;
    }
    return undefined;
  }

  begin(countryCode: string, reason: ViesReason, now: Date): void {
    if (OF_THE_REQUESTER.has(reason)) return;
    const key = OF_THE_WHOLE_SERVICE.has(reason) ? WHOLE_SERVICE : countryCode;
    this.paused.set(key, { until: now.getTime() + PAUSE_MS, reason });
  }

  end(countryCode: string): void {
    this.paused.delete(WHOLE_SERVICE);
    this.paused.delete(countryCode);
  }
}
