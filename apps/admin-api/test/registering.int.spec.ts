import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SetupLink } from '../src/auth/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { SoftwareAuthenticator } from './fixture/software-authenticator.js';
import { ORIGIN, signInBody, TestBrowser } from './fixture/test-browser.js';

let stack: AdminStack;
let setupToken: string;

beforeAll(async () => {
  stack = await AdminStack.start({ RATE_LIMIT_ENABLED: 'false' });
  const link = await service(stack, SetupLink).find();
  setupToken = new URLSearchParams(new URL(link ?? '').hash.slice(1)).get('setup') ?? '';
});

afterAll(() => stack.stop());

it('a setup token is readable and long enough not to be guessed', () => {
  expect(setupToken).toMatch(/^([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/);
});

describe('the first administrator', () => {
  const ada = { email: 'Ada@Example.com', displayName: 'Ada Lovelace' };

  it.each([
    ['a wrong token', { setupToken: 'aaaaaa-aaaaaa-aaaaaa-aaaaaa', ...ada }, 403, 'setup_token_invalid', undefined],
    ['no name', { email: ada.email }, 400, 'validation_failed', 'displayName'],
    ['no e-mail address', { displayName: 'Ada' }, 400, 'validation_failed', 'email'],
  ])('is not registered with %s', async (_name, wish, status, code, field) => {
    const answer = await new TestBrowser(stack).call('/api/v1/auth', { method: 'POST', body: { setupToken, ...wish } });
    expectRefusal(answer, status, code, field);
  });

  it('is one, also when two register at the same time; then the token is worth nothing', async () => {
    const attempts = await Promise.all(
      ['ada', 'eve'].map(async (name) => {
        const browser = new TestBrowser(stack);
        const options = await browser.begin({ setupToken, email: `${name}@Example.com`, displayName: name });
        return { browser, credential: new SoftwareAuthenticator(ORIGIN).create(options) };
      }),
    );
    const answers = await Promise.all(attempts.map(({ browser, credential }) => browser.complete(credential, 'Laptop')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [winner, loser] = answers[0]?.status === 200 ? answers : answers.toReversed();
    expect(signInBody(winner!).user).toMatchObject({ email: expect.stringMatching(/^(ada|eve)@example\.com$/), globalAdmin: true });
    expectRefusal(loser!, 409, 'setup_completed');

    const late = await new TestBrowser(stack).call('/api/v1/auth', { method: 'POST', body: { setupToken, ...ada } });
    expectRefusal(late, 409, 'setup_completed');
    expect(await service(stack, SetupLink).find()).toBeUndefined();
  });
});
