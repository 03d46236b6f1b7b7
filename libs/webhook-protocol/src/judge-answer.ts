import type { NotificationFamily } from './notification-family.js';

/** What came of an attempt: the receiver's answer, or the reason why there was none. */
export type AttemptAnswer = { status: number; retryAfter?: string } | { error: string };

export type Judgement =
  | { outcome: 'delivered' }
  /** `retryAfterSeconds`: the receiver asked for at least this pause. */
  | { outcome: 'retry'; retryAfterSeconds?: number }
  /** The receiver said that it never wants this notification. */
  | { outcome: 'give_up' };

const exactly200 = (status: number): boolean => status === 200;
const any2xx = (status: number): boolean => status >= 200 && status <= 299;

const ACKNOWLEDGED: Record<NotificationFamily, (status: number) => boolean> = {
  site_ipn: exactly200,
  merchant_webhook: any2xx,
  platform_webhook: any2xx,
  panel_webhook: exactly200,
};

/** What an answer means for the delivery. Redirects are never followed and count as failures. */
export function judgeAnswer(family: NotificationFamily, answer: AttemptAnswer, now: Date): Judgement {
  if ('error' in answer) return { outcome: 'retry' };
  if (ACKNOWLEDGED[family](answer.status)) return { outcome: 'delivered' };
  if (answer.status === 410) return { outcome: 'give_up' };
  const retryAfterSeconds = answer.status === 429 || answer.status === 503 ? parseRetryAfter(answer.retryAfter, now) : undefined;
  return retryAfterSeconds === undefined ? { outcome: 'retry' } : { outcome: 'retry', retryAfterSeconds };
}

/** The two date forms still seen in the field; Date.parse alone accepts far more, for instance "-5". */
const HTTP_DATE = /^[A-Za-z]{3,9}, \d{2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;

/** Reads a Retry-After header: whole seconds or an HTTP date. Undefined when absent, unreadable or past. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? '';
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : HTTP_DATE.test(text) ? Math.ceil((Date.parse(text) - now.getTime()) / 1000) : 0;
  return seconds > 0 ? seconds : undefined;
}
