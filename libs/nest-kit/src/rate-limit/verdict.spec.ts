import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { enforceRateLimit, judge, rateLimitHeaders } from './verdict.js';

const MINUTE = { limit: 100, seconds: 60 };
const FIVE_MINUTES = { limit: 500, seconds: 300 };

describe('judge', () => {
  it.each([
    {
      what: 'the window with the least left',
      states: [
        { window: MINUTE, held: 10, waitMs: 30_001 },
        { window: FIVE_MINUTES, held: 480, waitMs: 1_500 },
      ],
      verdict: { allowed: true, limit: 500, remaining: 19, resetSeconds: 2 },
    },
    {
      what: 'the first request',
      states: [
        { window: MINUTE, held: 0, waitMs: 60_000 },
        { window: FIVE_MINUTES, held: 0, waitMs: 300_000 },
      ],
      verdict: { allowed: true, limit: 100, remaining: 99, resetSeconds: 60 },
    },
    {
      what: 'the last request',
      states: [{ window: MINUTE, held: 99, waitMs: 1 }],
      verdict: { allowed: true, limit: 100, remaining: 0, resetSeconds: 1 },
    },
    {
      what: 'the longest wait of all full windows',
      states: [
        { window: MINUTE, held: 100, waitMs: 20_000 },
        { window: FIVE_MINUTES, held: 500, waitMs: 90_001 },
      ],
      verdict: { allowed: false, limit: 500, remaining: 0, resetSeconds: 91, retryAfterSeconds: 91 },
    },
    {
      what: 'a full window beside one with room',
      states: [
        { window: MINUTE, held: 100, waitMs: 20_000 },
        { window: FIVE_MINUTES, held: 100, waitMs: 260_000 },
      ],
      verdict: { allowed: false, limit: 100, remaining: 0, resetSeconds: 20, retryAfterSeconds: 20 },
    },
    {
      what: 'a window that holds more than its limit, because the limit was lowered',
      states: [{ window: MINUTE, held: 130, waitMs: 5_000 }],
      verdict: { allowed: false, limit: 100, remaining: 0, resetSeconds: 5, retryAfterSeconds: 5 },
    },
  ])('speaks of $what', ({ states, verdict }) => expect(judge(states)).toEqual(verdict));
});

describe('the answer', () => {
  const sent: Record<string, string> = {};
  const reply = { headers: (values: Record<string, string>) => Object.assign(sent, values) };

  it('carries the numbers of an allowed request', () => {
    const verdict = { allowed: true, limit: 100, remaining: 42, resetSeconds: 17 };
    enforceRateLimit(reply, verdict);
    expect(sent).toEqual({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '42', 'x-ratelimit-reset': '17' });
    expect(rateLimitHeaders(verdict)).toEqual(sent);
  });

  it('carries them, and when to come again, on a refusal', () => {
    const verdict = { allowed: false, limit: 100, remaining: 0, resetSeconds: 17, retryAfterSeconds: 17 };
    const refused = (): void => enforceRateLimit(reply, verdict);
    expect(refused).toThrow(DomainError);
    expect(refused).toThrow(expect.objectContaining({ code: 'too_many_requests', status: 429, details: { retryAfterSeconds: 17 } }));
    expect(sent).toEqual({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '17', 'retry-after': '17' });
  });
});
