import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Keyring } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { loadConfig, startService } from '@paygate/nest-kit';
import jwt from 'jsonwebtoken';
import { AdminConfig } from '../src/admin-config.js';
import { createAdminApi } from '../src/create-admin-api.js';
import { AccessTokens, AccessTokenStrategy, RefreshTokens } from '../src/sessions/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer } from './fixture/admin-stack.js';
import { deeds, disableUser, rewrite, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { newHolder, signIn } from './fixture/passkey-holders.js';
import type { PasskeyHolder } from './fixture/passkey-holders.js';
import { signInBody, TestBrowser } from './fixture/test-browser.js';

const CHECK = '/api/v1/auth/login/check';
const DAY_MS = 24 * 3600 * 1000;

let stack: AdminStack;
let ada: PasskeyHolder;
let browser: TestBrowser;
let session: { userId: string; sessionId: string };

beforeAll(async () => {
  stack = await AdminStack.start({ RATE_LIMIT_ENABLED: 'false' });
  ada = await newHolder(stack);
});

afterAll(() => stack.stop());

beforeEach(async () => {
  browser = await signIn(stack, ada);
  const content = service(stack, AccessTokens).read(browser.accessToken ?? '');
  session = { userId: ada.user.id, sessionId: content?.sessionId ?? '' };
});

const keyring = (): Keyring => stack.app.get(Keyring, { strict: false });
const check = (authorization: string): Promise<Answer> => stack.call(CHECK, { headers: { authorization } });

describe('an access token', () => {
  it.each(['Bearer', 'Token', 'bearer', 'TOKEN'])('is taken as %s', async (scheme) => {
    expect((await check(`${scheme} ${browser.accessToken}`)).status).toBe(200);
  });

  it('says who, for how long and with which key, and nothing else', () => {
    const decoded = jwt.decode(browser.accessToken ?? '', { complete: true });
    expect(decoded?.header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'k1' });
    const { sub, sid, jti, iat = 0, exp = 0, ...rest } = decoded?.payload as jwt.JwtPayload;
    expect({ sub, sid, rest }).toEqual({ sub: ada.user.id, sid: session.sessionId, rest: { iss: 'paygate', aud: 'paygate-admin' } });
    expect(jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(exp - iat).toBe(600);
  });

  describe('is refused', () => {
    const key = (id = 'k1') => createSecretKey(keyring().derive(id, 'access-token'));
    const claims = () => ({ sub: session.userId, sid: session.sessionId });
    const timed = { algorithm: 'HS256', audience: 'paygate-admin' } as const;
    const good = { ...timed, keyid: 'k1', issuer: 'paygate', expiresIn: 600 } as const;
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const unsigned = (header: object) => {
      const exp = Math.floor(Date.now() / 1000) + 600;
      return `${encode(header)}.${encode({ ...claims(), iss: 'paygate', aud: 'paygate-admin', exp })}.`;
    };
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

    const FORGERIES: [string, () => string, string][] = [
      ['unsigned with alg none', () => unsigned({ alg: 'none', kid: 'k1' }), 'access_token_invalid'],
      ['unsigned with alg None', () => unsigned({ alg: 'None', kid: 'k1' }), 'access_token_invalid'],
      ['unsigned with alg HS256', () => unsigned({ alg: 'HS256', kid: 'k1' }), 'access_token_invalid'],
      ['signed with RS256', () => jwt.sign(claims(), rsa.privateKey, { ...good, algorithm: 'RS256' }), 'access_token_invalid'],
      ['signed with our key but HS512', () => jwt.sign(claims(), key(), { ...good, algorithm: 'HS512' }), 'access_token_invalid'],
      [
        'signed with a public key as secret',
        () => jwt.sign(claims(), createSecretKey(Buffer.from(rsa.publicKey.export({ type: 'spki', format: 'pem' }))), good),
        'access_token_invalid',
      ],
      ['signed with another key', () => jwt.sign(claims(), createSecretKey(randomBytes(32)), good), 'access_token_invalid'],
      ['signed with an empty secret', () => jwt.sign(claims(), createSecretKey(Buffer.from(' ')), good), 'access_token_invalid'],
      [
        'signed with our key for another purpose',
        () => jwt.sign(claims(), createSecretKey(keyring().derive('k1', 'setup-token')), good),
        'access_token_invalid',
      ],
      ['naming an unknown key', () => jwt.sign(claims(), key(), { ...good, keyid: 'k9' }), 'access_token_invalid'],
      [
        'naming a file as key',
        () => jwt.sign(claims(), Buffer.from(''.padEnd(32, '0')), { ...good, keyid: '/dev/null' }),
        'access_token_invalid',
      ],
      ['naming no key', () => jwt.sign(claims(), key(), { ...timed, issuer: 'paygate', expiresIn: 600 }), 'access_token_invalid'],
      ['for another audience', () => jwt.sign(claims(), key(), { ...good, audience: 'paygate' }), 'access_token_invalid'],
      ['of another issuer', () => jwt.sign(claims(), key(), { ...good, issuer: 'evil' }), 'access_token_invalid'],
      ['that has expired', () => jwt.sign(claims(), key(), { ...good, expiresIn: -1 }), 'access_token_expired'],
      ['that is not valid yet', () => jwt.sign(claims(), key(), { ...good, notBefore: 60 }), 'access_token_invalid'],
      ['that never expires', () => jwt.sign(claims(), key(), { ...timed, issuer: 'paygate', keyid: 'k1' }), 'access_token_invalid'],
      ['without a session', () => jwt.sign({ sub: session.userId }, key(), good), 'access_token_invalid'],
      ['with an operator as session', () => jwt.sign({ ...claims(), sid: { $gt: '' } }, key(), good), 'access_token_invalid'],
      ['for a session that does not exist', () => jwt.sign({ ...claims(), sid: newObjectId() }, key(), good), 'session_ended'],
      ["for another person's session", () => jwt.sign({ ...claims(), sub: newObjectId() }, key(), good), 'session_ended'],
      ['that is only text', () => 'a.b.c', 'access_token_invalid'],
    ];

    it.each(FORGERIES)('%s', async (_name, forge, code) => {
      expectRefusal(await check(`Bearer ${forge()}`), 401, code);
    });

    it('when any of its characters is another', async () => {
      const token = browser.accessToken ?? '';
      const places = [3, token.indexOf('.') + 3, token.lastIndexOf('.') + 3];
      for (const place of places) {
        const other = token[place] === 'A' ? 'B' : 'A';
        expectRefusal(await check(`Bearer ${token.slice(0, place)}${other}${token.slice(place + 1)}`), 401, 'access_token_invalid');
      }
    });
  });

  it('costs less than a millisecond to check, with its session remembered', async () => {
    const strategy = service(stack, AccessTokenStrategy);
    const request = { headers: { authorization: `Bearer ${browser.accessToken}` } };
    const once = async (): Promise<number> => {
      const before = performance.now();
      await new Promise((resolve, reject) => {
        // As passport does it: each request gets an object of its own that inherits from the strategy.
        Object.assign(Object.create(strategy) as AccessTokenStrategy, { success: resolve, error: reject }).authenticate(request as never);
      });
      return performance.now() - before;
    };
    const times: number[] = [];
    for (let i = 0; i < 1000; i++) times.push(await once());
    const [median = Infinity] = times.sort((a, b) => a - b).slice(500);
    expect(median).toBeLessThan(1);
  });

  it('does not outlive its person being disabled', async () => {
    await disableUser(stack, ada.user.id);
    expectRefusal(await browser.call(CHECK), 403, 'user_disabled');
    expectRefusal(await browser.refresh(), 403, 'user_disabled');
    await disableUser(stack, ada.user.id, false);
    expect((await browser.call(CHECK)).status).toBe(200);
  });
});

describe('a refresh token', () => {
  it('is good once and replaced each time', async () => {
    const seen = new Set([browser.cookies.get('paygate_refresh')]);
    for (const round of [2, 3, 4]) {
      const answer = await browser.refresh();
      expect(answer.status).toBe(200);
      expect(signInBody(answer).user.id).toBe(ada.user.id);
      seen.add(browser.cookies.get('paygate_refresh'));
      expect(seen.size).toBe(round);
    }
    expect((await browser.call(CHECK)).status).toBe(200);
  });

  it.each(['the one before', 'one long before'])('used again, %s, ends the session for both who hold it', async (which) => {
    const thief = new TestBrowser(stack);
    thief.cookies.set('paygate_refresh', browser.cookies.get('paygate_refresh') ?? '');
    await browser.refresh();
    if (which === 'one long before') for (let i = 0; i < 5; i++) await browser.refresh();
    expectRefusal(await thief.refresh(), 401, 'refresh_token_reused');
    expect(thief.cookies.has('paygate_refresh')).toBe(false);
    expectRefusal(await browser.call(CHECK), 401, 'session_ended');
    expectRefusal(await browser.refresh(), 401, 'session_ended');
    expect((await deeds(stack, 'session.refresh_reused'))[0]).toMatchObject({ resource: { id: session.sessionId, name: ada.user.email } });
  });

  it('used by two at the same time is used twice: one of them gets a token that no longer helps', async () => {
    const twin = new TestBrowser(stack);
    twin.cookies.set('paygate_refresh', browser.cookies.get('paygate_refresh') ?? '');
    const answers = await Promise.all([browser.refresh(), twin.refresh()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const winner = answers[0].status === 200 ? browser : twin;
    expectRefusal(await winner.call(CHECK), 401, 'session_ended');
  });

  it.each<[string, () => string]>([
    ['made up', () => `${session.sessionId}.${'x'.repeat(43)}.k1.${'x'.repeat(43)}`],
    [
      'sealed by another platform',
      () => new RefreshTokens(Keyring.parse(`k1:${randomBytes(32).toString('base64')}`)).issue(session.sessionId).token,
    ],
    ['an operator', () => '{"$gt":""}'],
    ['empty', () => ''],
    ['very long', () => 'x'.repeat(8_000)],
    ['of a session that never was', () => service(stack, RefreshTokens).issue(newObjectId()).token],
  ])('that is %s is refused and ends nothing', async (_name, token) => {
    const stranger = new TestBrowser(stack);
    stranger.cookies.set('paygate_refresh', token());
    expectRefusal(await stranger.refresh(), 401, 'refresh_token_invalid');
    expect((await browser.refresh()).status).toBe(200);
  });

  it('is read from its cookie only', async () => {
    const refreshToken = browser.cookies.get('paygate_refresh');
    const answer = await stack.call('/api/v1/auth/refresh-token', { method: 'POST', body: { refreshToken } });
    expectRefusal(answer, 401, 'refresh_token_invalid');
  });

  it('ends with its session: 30 days after the last use', async () => {
    await rewrite(stack, 'sessions', { _id: session.sessionId }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expectRefusal(await browser.refresh(), 401, 'session_ended');
  });

  it('ends 90 days after signing in, however often it is used', async () => {
    await rewrite(stack, 'sessions', { _id: session.sessionId }, { $set: { createdAt: new Date(Date.now() - 89 * DAY_MS) } });
    expect((await browser.refresh()).status).toBe(200);
    const [, age = ''] = /Max-Age=(\d+)/.exec(browser.setCookies.at(-1) ?? '') ?? [];
    expect(Number(age) * 1000).toBeGreaterThan(DAY_MS - 60_000);
    expect(Number(age) * 1000).toBeLessThanOrEqual(DAY_MS);
  });
});

describe('signing out', () => {
  it.each<[string, (signedIn: TestBrowser) => Record<string, string>]>([
    ['with the access token alone', ({ accessToken }) => ({ authorization: `Bearer ${accessToken}`, cookie: '' })],
    ['with the cookie alone', () => ({ authorization: '' })],
    ['with both', () => ({})],
  ])('%s ends the session at once', async (_name, headers) => {
    const answer = await browser.call('/api/v1/auth/logout', { method: 'POST', headers: headers(browser) });
    expect(answer.status).toBe(204);
    expect(browser.setCookies.at(-1)).toMatch(/^paygate_refresh=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
    expectRefusal(await browser.call(CHECK), 401, 'session_ended');
    expect((await deeds(stack, 'session.ended'))[0]).toMatchObject({ resource: { id: session.sessionId } });
  });

  it('may be repeated, and needs nothing', async () => {
    for (let i = 0; i < 2; i++) expect((await browser.call('/api/v1/auth/logout', { method: 'POST' })).status).toBe(204);
    expect((await stack.call('/api/v1/auth/logout', { method: 'POST' })).status).toBe(204);
    expect((await deeds(stack, 'session.ended')).filter(({ resource }) => resource.id === session.sessionId)).toHaveLength(1);
  });

  it('works with an access token that has expired', async () => {
    const { accessToken } = service(stack, AccessTokens).sign(session, new Date(Date.now() - 3_600_000));
    const stranger = new TestBrowser(stack);
    stranger.accessToken = accessToken;
    expect((await stranger.call('/api/v1/auth/logout', { method: 'POST' })).status).toBe(204);
    expectRefusal(await browser.call(CHECK), 401, 'session_ended');
  });

  it('leaves the other sessions of the person alone', async () => {
    const other = await signIn(stack, ada);
    await browser.call('/api/v1/auth/logout', { method: 'POST' });
    expect((await other.call(CHECK)).status).toBe(200);
  });
});

describe('with several instances', () => {
  it('signing out at one is known to the others within a second, also to one whose key is newer', async () => {
    const [, oldKey = ''] = (stack.environment['SYSTEM_ENCRYPTION_KEY'] ?? '').split(':');
    const keys = `k2:${randomBytes(32).toString('base64')},k1:${oldKey}`;
    const second = await createAdminApi(loadConfig(AdminConfig, { ...stack.environment, SYSTEM_ENCRYPTION_KEY: keys }));
    try {
      await startService(second);
      const url = await second.getUrl();
      const there = async (): Promise<number> =>
        (await fetch(`${url}${CHECK}`, { headers: { authorization: `Bearer ${browser.accessToken}` } })).status;
      expect(await there()).toBe(200);

      const endedAt = performance.now();
      await browser.call('/api/v1/auth/logout', { method: 'POST' });
      while ((await there()) === 200 && performance.now() - endedAt < 5000);
      expect(performance.now() - endedAt).toBeLessThan(1000);
      expect(await there()).toBe(401);
    } finally {
      await second.close();
    }
  });
});
