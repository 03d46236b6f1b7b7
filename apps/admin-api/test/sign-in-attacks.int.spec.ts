import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer } from './fixture/admin-stack.js';
import { deeds, disableUser, rewrite } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { newHolder, signIn } from './fixture/passkey-holders.js';
import type { PasskeyHolder } from './fixture/passkey-holders.js';
import type { Lie } from './fixture/software-authenticator.js';
import { SoftwareAuthenticator } from './fixture/software-authenticator.js';
import { ORIGIN, TestBrowser } from './fixture/test-browser.js';

let stack: AdminStack;
let ada: PasskeyHolder;

beforeAll(async () => {
  stack = await AdminStack.start({ RATE_LIMIT_ENABLED: 'false' });
  ada = await newHolder(stack);
});

afterAll(() => stack.stop());

const complete = (browser: TestBrowser, response: unknown): Promise<Answer> =>
  browser.call('/api/v1/auth/authenticate-complete', { method: 'POST', body: { response } });

describe('an honest device', () => {
  it('signs in, and the refresh token is out of reach of scripts and other sites', async () => {
    const browser = await signIn(stack, ada);
    const refresh = browser.setCookies.find((line) => line.startsWith('paygate_refresh='));
    expect(refresh).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(refresh).toMatch(/; Max-Age=(2592000|2591999);/);
    expect(browser.cookies.has('paygate_ceremony')).toBe(false);
    const check = await browser.call('/api/v1/auth/login/check');
    expect(check.body).toMatchObject({ authenticated: true, user: { id: ada.user.id, email: ada.user.email } });
    expect((await deeds(stack, 'session.started'))[0]).toMatchObject({ actor: `user:${ada.user.id}`, resource: { name: ada.user.email } });
  });

  it('that does not count its uses signs in again and again', async () => {
    const person = await newHolder(stack, { counts: false });
    await signIn(stack, person);
    await signIn(stack, person);
    expect(person.device.counter).toBe(0);
  });

  it('is asked to verify the person and to find the passkey by itself', async () => {
    const options = await new TestBrowser(stack).begin();
    expect(options).toMatchObject({ userVerification: 'required', rpId: 'localhost', timeout: 300_000 });
    expect(options).not.toHaveProperty('allowCredentials');
  });
});

describe('a device or browser that lies is refused', () => {
  const LIES: [string, Lie, number, string][] = [
    ['another challenge', { challenge: 'A'.repeat(43) }, 400, 'challenge_invalid'],
    ['another origin', { origin: 'https://evil.example' }, 401, 'passkey_rejected'],
    ['an origin that only begins like ours', { origin: `${ORIGIN}.evil.example` }, 401, 'passkey_rejected'],
    ['another relying party', { rpId: 'evil.example' }, 401, 'passkey_rejected'],
    ['a page framed by another site', { crossOrigin: true }, 401, 'passkey_rejected'],
    ['the purpose of registering', { type: 'webauthn.create' }, 401, 'passkey_rejected'],
    ['a person who was not verified', { userVerified: false }, 401, 'passkey_rejected'],
    ['a person who was not there', { userPresent: false }, 401, 'passkey_rejected'],
    ['a signature of another key', { foreignKey: true }, 401, 'passkey_rejected'],
    ['a passkey nobody registered', { credentialId: 'A'.repeat(43) }, 401, 'passkey_rejected'],
    ['somebody else as its owner', { userHandle: 'NTA3ZjFmNzdiY2Y4NmNkNzk5NDM5MDEx' }, 401, 'passkey_rejected'],
    ['no owner', { userHandle: null }, 401, 'passkey_rejected'],
  ];

  it.each(LIES)('with %s', async (_name, lie, status, code) => {
    const browser = new TestBrowser(stack);
    expectRefusal(await complete(browser, ada.device.get(await browser.begin(), lie)), status, code);
    expect(browser.cookies.has('paygate_refresh')).toBe(false);
    const [entry] = await deeds(stack, 'sign_in.failed');
    expect(entry?.changes).toContainEqual({ field: 'reason', after: code });
  });

  it('with a passkey of another person, shown as if it were its own', async () => {
    const eve = await newHolder(stack);
    const browser = new TestBrowser(stack);
    const { credentialId: id } = ada.device;
    expectRefusal(await complete(browser, { ...eve.device.get(await browser.begin()), id, rawId: id }), 401, 'passkey_rejected');
  });

  it('when its person was disabled', async () => {
    const person = await newHolder(stack);
    await disableUser(stack, person.user.id);
    const browser = new TestBrowser(stack);
    expectRefusal(await complete(browser, person.device.get(await browser.begin())), 403, 'user_disabled');
  });
});

describe('a counter that does not go up', () => {
  it.each([
    ['the same as last time', 0],
    ['lower than last time', -1],
  ])('%s means a copy: refused and written down', async (_name, step) => {
    const person = await newHolder(stack);
    await signIn(stack, person);
    await signIn(stack, person);
    const browser = new TestBrowser(stack);
    const counter = person.device.counter + step;
    expectRefusal(await complete(browser, person.device.get(await browser.begin(), { counter })), 401, 'passkey_rejected');
    const [entry] = await deeds(stack, 'passkey.clone_suspected');
    expect(entry).toMatchObject({ resource: { type: 'passkey', id: person.passkeyId } });
  });

  it('says nothing when the signature is wrong too: who has no copy cannot raise the alarm', async () => {
    const person = await newHolder(stack);
    await signIn(stack, person);
    const before = (await deeds(stack, 'passkey.clone_suspected')).length;
    const browser = new TestBrowser(stack);
    expectRefusal(
      await complete(browser, person.device.get(await browser.begin(), { counter: 0, foreignKey: true })),
      401,
      'passkey_rejected',
    );
    expect(await deeds(stack, 'passkey.clone_suspected')).toHaveLength(before);
  });

  it('lets one of two through who use the same count at the same time', async () => {
    const person = await newHolder(stack);
    const browsers = [new TestBrowser(stack), new TestBrowser(stack)];
    const answers = await Promise.all(
      browsers.map(async (browser) => complete(browser, person.device.get(await browser.begin(), { counter: 7 }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });
});

describe('a challenge', () => {
  it('is good once', async () => {
    const browser = new TestBrowser(stack);
    const credential = ada.device.get(await browser.begin());
    const ceremony = browser.cookies.get('paygate_ceremony') ?? '';
    expect((await complete(browser, credential)).status).toBe(200);
    browser.cookies.set('paygate_ceremony', ceremony);
    expectRefusal(await complete(browser, credential), 400, 'challenge_invalid');
  });

  it('is used up by a failed attempt', async () => {
    const browser = new TestBrowser(stack);
    const options = await browser.begin();
    const ceremony = browser.cookies.get('paygate_ceremony') ?? '';
    expectRefusal(await complete(browser, ada.device.get(options, { foreignKey: true })), 401, 'passkey_rejected');
    browser.cookies.set('paygate_ceremony', ceremony);
    expectRefusal(await complete(browser, ada.device.get(options)), 400, 'challenge_invalid');
  });

  it('belongs to the browser that asked', async () => {
    const [mine, foreign] = [new TestBrowser(stack), new TestBrowser(stack)];
    const credential = ada.device.get(await mine.begin());
    await foreign.begin();
    expectRefusal(await complete(foreign, credential), 400, 'challenge_invalid');
    expectRefusal(await complete(new TestBrowser(stack), credential), 400, 'challenge_invalid');
    expect((await complete(mine, credential)).status).toBe(200);
  });

  it('cannot be taken, nor used up, by who knows its id only', async () => {
    const browser = new TestBrowser(stack);
    const options = await browser.begin();
    const [id = ''] = (browser.cookies.get('paygate_ceremony') ?? '').split('.');
    const thief = new TestBrowser(stack);
    thief.cookies.set('paygate_ceremony', `${id}.${'x'.repeat(43)}`);
    expectRefusal(await complete(thief, ada.device.get(options)), 400, 'challenge_invalid');
    expect((await complete(browser, ada.device.get(options))).status).toBe(200);
  });

  it('ends after five minutes', async () => {
    const browser = new TestBrowser(stack);
    const options = await browser.begin();
    const [id = ''] = (browser.cookies.get('paygate_ceremony') ?? '').split('.');
    await rewrite(stack, 'passkey_ceremonies', { _id: id }, [{ $set: { expiresAt: { $subtract: ['$expiresAt', 300_000] } } }] as object);
    expectRefusal(await complete(browser, ada.device.get(options)), 400, 'challenge_invalid');
  });

  it('for signing in registers nothing', async () => {
    const browser = new TestBrowser(stack);
    const options = await browser.begin();
    const made = new SoftwareAuthenticator(ORIGIN).create({ ...options, rp: { id: 'localhost' }, user: { id: 'QQ' } });
    expectRefusal(await complete(browser, made), 400, 'challenge_invalid');
  });

  it('for adding a passkey signs nobody in', async () => {
    const browser = await signIn(stack, ada);
    const options = await browser.begin({}, '/api/v1/profile/passkeys');
    expectRefusal(await complete(browser, new SoftwareAuthenticator(ORIGIN).create(options)), 400, 'challenge_invalid');
  });
});

describe('another site', () => {
  it.each(['https://evil.example', 'null', 'http://localhost:3002', `${ORIGIN}/`])('%s cannot use the cookies', async (origin) => {
    const browser = await signIn(stack, ada);
    for (const path of ['', '/authenticate-complete', '/refresh-token', '/logout']) {
      const answer = await browser.call(`/api/v1/auth${path}`, { method: 'POST', body: { response: {} }, headers: { origin } });
      expectRefusal(answer, 403, 'origin_not_allowed');
    }
    expect((await browser.call('/api/v1/auth/login/check')).status).toBe(200);
  });
});

describe('input that is no credential', () => {
  const good = {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
  };

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'response'],
    ['text', 'x', 'response'],
    ['a list', [], 'response'],
    ['an empty object', {}, 'response.id'],
    ['an operator as id', { ...good, id: { $gt: '' } }, 'response.id'],
    ['NUL in the id', { ...good, id: 'AA\u0000', rawId: 'AA\u0000' }, 'response.id'],
    ['an id that is too long', { ...good, id: 'A'.repeat(1365), rawId: 'A'.repeat(1365) }, 'response.id'],
    ['two ids', { ...good, rawId: 'BBBB' }, 'response.rawId'],
    ['another type', { ...good, type: 'password' }, 'response.type'],
    ['no answer', { ...good, response: null }, 'response.response'],
    ['an operator as signature', { ...good, response: { ...good.response, signature: { $ne: null } } }, 'response.response.signature'],
    ['a list as client data', { ...good, response: { ...good.response, clientDataJSON: ['e30'] } }, 'response.response.clientDataJSON'],
    ['padding', { ...good, response: { ...good.response, authenticatorData: 'AA==' } }, 'response.response.authenticatorData'],
    ['an owner that is too long', { ...good, response: { ...good.response, userHandle: 'A'.repeat(87) } }, 'response.response.userHandle'],
    [
      'a signature that is too long',
      { ...good, response: { ...good.response, signature: 'A'.repeat(8193) } },
      'response.response.signature',
    ],
    [
      'transports with markup',
      { ...good, response: { clientDataJSON: 'e30', attestationObject: 'AAAA', transports: ['<b>'] } },
      'response.response.transports',
    ],
  ])('%s is named as what is wrong', async (_name, response, field) => {
    expectRefusal(await complete(new TestBrowser(stack), response), 400, 'validation_failed', field);
  });

  it.each(['response', 'anything'])('lists in lists without end as %s are refused', async (field) => {
    const text = `{"${field}":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expectRefusal(await stack.call('/api/v1/auth/authenticate-complete', { method: 'POST', text }), 400, 'validation_failed');
  });

  it.each<[string, object]>([
    ['client data that is no JSON', { clientDataJSON: 'AAAA' }],
    ['client data that is no object', { clientDataJSON: Buffer.from('7').toString('base64url') }],
    ['authenticator data of one byte', { authenticatorData: 'AA' }],
    ['a signature of one byte', { signature: 'AA' }],
    ['authenticator data that promises more', { authenticatorData: Buffer.alloc(37, 0xff).toString('base64url') }],
  ])('%s is refused, not a failure of ours', async (_name, lie) => {
    const browser = new TestBrowser(stack);
    const credential = ada.device.get(await browser.begin());
    const answer = await complete(browser, { ...credential, response: { ...credential.response, ...lie } });
    expect([400, 401]).toContain(answer.status);
  });

  it.each([
    ['no CBOR', 'AAAA'],
    ['CBOR nested without end', Buffer.alloc(20_000, 0x81).toString('base64url')],
    ['CBOR that promises gigabytes', Buffer.from('5affffffff', 'hex').toString('base64url')],
    ['CBOR of another form', Buffer.from('a163666d74646e6f6e65', 'hex').toString('base64url')],
  ])('a new passkey that is %s is refused', async (_name, attestationObject) => {
    const browser = await signIn(stack, ada);
    const made = new SoftwareAuthenticator(ORIGIN).create(await browser.begin({}, '/api/v1/profile/passkeys'));
    const body = { response: { ...made, response: { ...made.response, attestationObject } } };
    expectRefusal(await browser.call('/api/v1/profile/passkeys/complete', { method: 'POST', body }), 401, 'passkey_rejected');
  });

  it.each([
    ['setupToken', { $gt: '' }],
    ['setupToken', 'x'.repeat(201)],
    ['setupToken', 'x\u0000'],
    ['invitationToken', { $ne: null }],
    ['invitationToken', ['x']],
    ['email', { $regex: '.*' }],
    ['email', 'a\u0000@example.com'],
    ['displayName', { $gt: '' }],
    ['displayName', 'x'.repeat(101)],
    ['displayName', 'Ada\nLovelace'],
    ['displayName', 7],
    ['globalAdmin', true],
    ['userId', '507f1f77bcf86cd799439011'],
  ])('%s of %j is refused', async (field, value) => {
    const answer = await new TestBrowser(stack).call('/api/v1/auth', { method: 'POST', body: { [field]: value } });
    expectRefusal(answer, 400, 'validation_failed', field);
  });
});
