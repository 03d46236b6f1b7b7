import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@paygate/testing';
import { AdminStack } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { TestBrowser } from './fixture/test-browser.js';

let stack: AdminStack;

beforeAll(async () => {
  const nobody = await freePort();
  stack = await AdminStack.start({ RATE_LIMIT_EXEMPT: '', REDIS_URL: `redis://127.0.0.1:${nobody}` });
}, 60_000);
afterAll(async () => stack.stop());

describe('without Redis', () => {
  it('the Admin API goes on answering', async () => {
    const { apiKey } = await stack.newMerchant();
    const answers = await Promise.all(Array.from({ length: 5 }, () => stack.call('/api/v1/checkouts?limit=1', { key: apiKey })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('nobody can sign in or register, because nobody would count the guesses', async () => {
    const browser = new TestBrowser(stack);
    expectRefusal(await browser.call('/api/v1/auth', { method: 'POST', body: {} }), 503, 'service_unavailable');
    const complete = await browser.call('/api/v1/auth/authenticate-complete', { method: 'POST', body: {} });
    expectRefusal(complete, 503, 'service_unavailable');
  });
});
