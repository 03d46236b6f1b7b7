import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer } from './fixture/admin-stack.js';
import { deeds } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { newHolder, signIn } from './fixture/passkey-holders.js';
import { SoftwareAuthenticator } from './fixture/software-authenticator.js';
import { ORIGIN, TestBrowser } from './fixture/test-browser.js';

const SETTINGS = '/api/v1/profile/settings';
const PASSKEYS = '/api/v1/profile/passkeys';

let stack: AdminStack;

beforeAll(async () => {
  stack = await AdminStack.start({ RATE_LIMIT_ENABLED: 'false' });
});

afterAll(() => stack.stop());

interface PasskeyBody {
  id: string;
  label: string;
}

const listed = async (browser: TestBrowser): Promise<PasskeyBody[]> =>
  ((await browser.call(PASSKEYS)).body as unknown as { passkeys: PasskeyBody[] }).passkeys;

async function addDevice(browser: TestBrowser, label: string): Promise<{ device: SoftwareAuthenticator; answer: Answer }> {
  const device = new SoftwareAuthenticator(ORIGIN);
  const response = device.create(await browser.begin({}, PASSKEYS));
  return { device, answer: await browser.call(`${PASSKEYS}/complete`, { method: 'POST', body: { response, label } }) };
}

describe('settings', () => {
  it('are changed one by one; the rest stays', async () => {
    const holder = await newHolder(stack);
    const browser = await signIn(stack, holder);
    const notifications = { paymentSucceeded: false, paymentFailed: true, notificationUndeliverable: true, securityChanged: true };
    const first = { email: holder.user.email, displayName: holder.user.displayName, locale: 'en', timezone: 'UTC', notifications };
    expect((await browser.call(SETTINGS)).body).toEqual(first);

    const body = { locale: 'de_DE', timezone: 'Europe/Berlin', notifications: { paymentSucceeded: true } };
    const second = { ...first, locale: 'de-DE', timezone: 'Europe/Berlin', notifications: { ...notifications, paymentSucceeded: true } };
    expect((await browser.call(SETTINGS, { method: 'PUT', body })).body).toEqual(second);
    expect((await browser.call(SETTINGS)).body).toEqual(second);
    expect((await deeds(stack, 'profile.updated'))[0]).toMatchObject({
      actor: `user:${holder.user.id}`,
      changes: [
        { field: 'locale', before: 'en', after: 'de-DE' },
        { field: 'notifications.paymentSucceeded', before: false, after: true },
        { field: 'timezone', before: 'UTC', after: 'Europe/Berlin' },
      ],
    });
  });

  it('show a new name everywhere at once', async () => {
    const browser = await signIn(stack, await newHolder(stack));
    await browser.call(SETTINGS, { method: 'PUT', body: { displayName: '  Ada King ' } });
    expect((await browser.call('/api/v1/auth/login/check')).body).toMatchObject({ user: { displayName: 'Ada King' } });
  });

  it.each<[string, unknown, string]>([
    ['displayName', { $gt: '' }, 'displayName'],
    ['displayName', 'x\u0000', 'displayName'],
    ['displayName', 'x\u202e', 'displayName'],
    ['locale', 'not a locale', 'locale'],
    ['locale', ['de'], 'locale'],
    ['timezone', 'Mars/Olympus', 'timezone'],
    ['timezone', '+02:00', 'timezone'],
    ['timezone', { $ne: 1 }, 'timezone'],
    ['notifications', [], 'notifications'],
    ['notifications', 'all', 'notifications'],
    ['notifications', { paymentFailed: 'yes' }, 'notifications.paymentFailed'],
    ['notifications', { everything: true }, 'notifications.everything'],
    ['email', 'eve@example.com', 'email'],
    ['globalAdmin', true, 'globalAdmin'],
    ['role', 'admin', 'role'],
    ['disabledAt', null, 'disabledAt'],
    ['organizationId', '507f1f77bcf86cd799439011', 'organizationId'],
  ])('refuse %s as %j', async (field, value, named) => {
    const browser = await signIn(stack, await newHolder(stack));
    expectRefusal(await browser.call(SETTINGS, { method: 'PUT', body: { [field]: value } }), 400, 'validation_failed', named);
  });
});

describe('passkeys', () => {
  it('a second device is added and signs in; the first is deleted, signs in no more and its sessions end', async () => {
    const holder = await newHolder(stack);
    const lost = await signIn(stack, holder);
    const browser = await signIn(stack, holder);
    const { device, answer } = await addDevice(browser, 'Phone');
    expect(answer.status).toBe(201);
    expect((await listed(browser)).map(({ label }) => label)).toEqual(['First device', 'Phone']);
    const phone = await signIn(stack, { device });

    expect((await browser.call(`${PASSKEYS}/${holder.passkeyId}`, { method: 'DELETE' })).status).toBe(204);
    expect((await listed(phone)).map(({ label }) => label)).toEqual(['Phone']);
    const again = new TestBrowser(stack);
    expectRefusal(await again.complete(holder.device.get(await again.begin())), 401, 'passkey_rejected');
    expectRefusal(await lost.call(PASSKEYS), 401, 'session_ended');
    expect((await browser.call(PASSKEYS)).status).toBe(200);
    expect((await deeds(stack, 'passkey.deleted'))[0]).toMatchObject({
      actor: `user:${holder.user.id}`,
      resource: { id: holder.passkeyId },
    });
  });

  it('a device that has one is told so, and registering it again is refused', async () => {
    const holder = await newHolder(stack);
    const browser = await signIn(stack, holder);
    const options = await browser.begin({}, PASSKEYS);
    expect(options.excludeCredentials).toEqual([expect.objectContaining({ id: holder.device.credentialId })]);
    const response = new SoftwareAuthenticator(ORIGIN).create(options, { credentialId: holder.device.credentialId });
    expectRefusal(await browser.call(`${PASSKEYS}/complete`, { method: 'POST', body: { response } }), 409, 'already_exists');
  });

  it("another person's credential cannot be taken over by registering it", async () => {
    const victim = await newHolder(stack);
    const browser = await signIn(stack, await newHolder(stack));
    const response = new SoftwareAuthenticator(ORIGIN).create(await browser.begin({}, PASSKEYS), {
      credentialId: victim.device.credentialId,
    });
    expectRefusal(await browser.call(`${PASSKEYS}/complete`, { method: 'POST', body: { response } }), 409, 'already_exists');
    await signIn(stack, victim);
  });

  it("a challenge for one person adds nothing to another's account in the same browser", async () => {
    const browser = await signIn(stack, await newHolder(stack));
    const response = new SoftwareAuthenticator(ORIGIN).create(await browser.begin({}, PASSKEYS));
    browser.accessToken = (await signIn(stack, await newHolder(stack))).accessToken;
    expectRefusal(await browser.call(`${PASSKEYS}/complete`, { method: 'POST', body: { response } }), 400, 'challenge_invalid');
  });

  it('an assertion adds nothing', async () => {
    const holder = await newHolder(stack);
    const browser = await signIn(stack, holder);
    const response = holder.device.get(await browser.begin({}, PASSKEYS));
    expectRefusal(await browser.call(`${PASSKEYS}/complete`, { method: 'POST', body: { response } }), 400, 'challenge_invalid');
  });

  it.each([
    ['user verification', { userVerified: false }],
    ['our relying party', { rpId: 'evil.example' }],
    ['our origin', { origin: 'https://evil.example' }],
  ])('one made without %s is refused', async (_name, lie) => {
    const browser = await signIn(stack, await newHolder(stack));
    const response = new SoftwareAuthenticator(ORIGIN).create(await browser.begin({}, PASSKEYS), lie);
    expectRefusal(await browser.call(`${PASSKEYS}/complete`, { method: 'POST', body: { response } }), 401, 'passkey_rejected');
  });

  it('are renamed', async () => {
    const holder = await newHolder(stack);
    const browser = await signIn(stack, holder);
    const path = `${PASSKEYS}/${holder.passkeyId.toUpperCase()}`;
    expect((await browser.call(path, { method: 'PATCH', body: { label: ' Blue key ' } })).body).toMatchObject({ label: 'Blue key' });
    expect((await listed(browser)).map(({ label }) => label)).toEqual(['Blue key']);
  });

  it.each<[unknown]>([[''], ['   '], ['x'.repeat(61)], [{ $gt: '' }], ['a\u0000b'], [undefined], [null]])(
    'are not renamed to %j',
    async (label) => {
      const holder = await newHolder(stack);
      const browser = await signIn(stack, holder);
      const answer = await browser.call(`${PASSKEYS}/${holder.passkeyId}`, { method: 'PATCH', body: { label } });
      expectRefusal(answer, 400, 'validation_failed', 'label');
    },
  );

  it.each(['PATCH', 'DELETE'])('of another person are not there for %s', async (method) => {
    const victim = await newHolder(stack);
    const browser = await signIn(stack, await newHolder(stack));
    for (const id of [victim.passkeyId, '507f1f77bcf86cd799439011', 'nonsense', '%00', '$gt']) {
      const body = method === 'PATCH' ? { label: 'Mine' } : undefined;
      expectRefusal(await browser.call(`${PASSKEYS}/${id}`, { method, body }), 404, 'passkey_not_found');
    }
  });

  it('the last one stays', async () => {
    const holder = await newHolder(stack);
    const browser = await signIn(stack, holder);
    expectRefusal(await browser.call(`${PASSKEYS}/${holder.passkeyId}`, { method: 'DELETE' }), 409, 'last_passkey');
    await signIn(stack, holder);
  });

  it('the last two cannot both be deleted at the same time', async () => {
    const holder = await newHolder(stack);
    const browser = await signIn(stack, holder);
    await addDevice(browser, 'Phone');
    const ids = (await listed(browser)).map(({ id }) => id);
    const answers = await Promise.all(ids.map((id) => browser.call(`${PASSKEYS}/${id}`, { method: 'DELETE' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await listed(browser)).toHaveLength(1);
  });

  it('need somebody who is signed in', async () => {
    const { apiKey } = await stack.newMerchant();
    expectRefusal(await stack.call(PASSKEYS, { key: apiKey }), 403, 'user_required');
    expectRefusal(await stack.call(PASSKEYS), 401, 'api_key_missing');
  });
});
