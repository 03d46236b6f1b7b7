import { describe, expect, it } from '@jest/globals';
import { judgeAnswer, parseRetryAfter } from './judge-answer.js';
import type { NotificationFamily } from './notification-family.js';

const now = new Date('2026-03-01T12:00:00Z');

describe('judgeAnswer', () => {
  it.each([
    ['site_ipn', 200, 'delivered'],
    ['site_ipn', 201, 'retry'],
    ['site_ipn', 204, 'retry'],
    ['merchant_webhook', 204, 'delivered'],
    ['platform_webhook', 299, 'delivered'],
    ['panel_webhook', 204, 'retry'],
    ['panel_webhook', 200, 'delivered'],
    ...[301, 302, 307, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504].map((status) => ['site_ipn', status, 'retry'] as const),
    ['merchant_webhook', 302, 'retry'],
    ['site_ipn', 410, 'give_up'],
    ['merchant_webhook', 410, 'give_up'],
  ] as [NotificationFamily, number, string][])('%s answered %i: %s', (family, status, outcome) => {
    expect(judgeAnswer(family, { status }, now)).toEqual({ outcome });
  });

  it('retries when there was no answer', () => {
    expect(judgeAnswer('site_ipn', { error: 'timeout' }, now)).toEqual({ outcome: 'retry' });
  });

  it.each([
    [429, '120', 120],
    [503, '120', 120],
    [503, 'Sun, 01 Mar 2026 12:01:30 GMT', 90],
    [500, '120', undefined],
    [404, '120', undefined],
    [429, 'soon', undefined],
  ])('%i with Retry-After %s asks for %p s', (status, retryAfter, retryAfterSeconds) => {
    const judgement = judgeAnswer('site_ipn', { status, retryAfter }, now);
    expect(judgement).toEqual(retryAfterSeconds === undefined ? { outcome: 'retry' } : { outcome: 'retry', retryAfterSeconds });
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['5', 5],
    [' 5 ', 5],
    ['Sunday, 01-Mar-26 12:00:10 GMT', 10],
    ['Sun, 01 Mar 2026 11:59:59 GMT', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2026-03-01T12:05:00Z', undefined],
    ['99999999999', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p is %p s', (value, seconds) => expect(parseRetryAfter(value, now)).toBe(seconds));
});
