import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let shop: Merchant;

beforeAll(async () => {
  stack = await AdminStack.start({ RATE_LIMIT_EXEMPT: '' });
  shop = await stack.newMerchant();
}, 60_000);
afterAll(async () => stack.stop());

const LIST = '/api/v1/checkouts?limit=1';

/** Asks until a limit refuses, at most `most` times; returns the refusal and how many were answered before it. */
async function untilRefused(most: number, ask: () => Promise<Answer>): Promise<{ answered: number; refusal?: Answer }> {
  for (let answered = 0; answered < most; answered++) {
    const answer = await ask();
    if (answer.status === 429) return { answered, refusal: answer };
  }
  return { answered: most };
}

describe('the limit of the Admin API', () => {
  it('counts each key by itself, tells what is left, and when to come back', async () => {
    const [{ apiKey: busy }, { apiKey: quiet }] = await Promise.all([stack.newKey(shop.scope, {}), stack.newKey(shop.scope, {})]);
    const first = await stack.call(LIST, { key: busy });
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual(['100', '99']);

    const { answered, refusal } = await untilRefused(101, () => stack.call(LIST, { key: busy }));
    expect(answered).toBe(99);
    if (!refusal) throw new Error('the limit was never reached');
    expectRefusal(refusal, 429, 'too_many_requests');
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refusal.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(refusal.headers.get('x-ratelimit-remaining')).toBe('0');

    expect((await stack.call(LIST, { key: quiet })).status).toBe(200);
  });

  it('slows down who guesses keys, by address', async () => {
    const guess = () => stack.call(LIST, { key: 'sk_test_nobody.nothing', headers: { 'x-forwarded-for': '198.51.100.7' } });
    const { answered, refusal } = await untilRefused(40, guess);
    expect(answered).toBe(30);
    expect(refusal?.body.code).toBe('too_many_requests');
    const elsewhere = await stack.call(LIST, { key: 'sk_test_nobody.nothing', headers: { 'x-forwarded-for': '198.51.100.8' } });
    expect(elsewhere.status).toBe(401);
  });

  it('does not count requests without any credential as guesses', async () => {
    const { answered } = await untilRefused(40, () => stack.call(LIST, { headers: { 'x-forwarded-for': '198.51.100.9' } }));
    expect(answered).toBe(40);
  });
});
