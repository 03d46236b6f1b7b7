import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import { deeds } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { newHolder, signIn } from './fixture/passkey-holders.js';
import { signInPerson } from './fixture/people.js';
import { SoftwareAuthenticator } from './fixture/software-authenticator.js';
import { ORIGIN, signInBody, TestBrowser } from './fixture/test-browser.js';

let stack: AdminStack;
let organizationId: string;
let adminToken: string;

beforeAll(async () => {
  stack = await AdminStack.start({ RATE_LIMIT_ENABLED: 'false' });
  ({ organizationId } = await stack.newMerchant());
  const admin = await signInPerson(stack, {
    globalAdmin: true,
    memberships: [{ scope: TenantScope.of(organizationId, true), role: 'admin' }],
  });
  adminToken = admin.accessToken;
});

afterAll(() => stack.stop());

interface Invited {
  id: string;
  token: string;
}

async function invite(path: string, body: object): Promise<Invited> {
  const answer = await stack.call(path, { method: 'POST', key: adminToken, body });
  if (answer.status !== 201) throw new Error(`not invited: ${answer.status} ${answer.body.code}`);
  const { id, invitationUrl } = answer.body as unknown as { id: string; invitationUrl: string };
  return { id, token: new URL(invitationUrl).hash.replace('#invitation=', '') };
}

const toOrganization = (email: string, role = 'editor'): Promise<Invited> =>
  invite(`/api/v1/organizations/${organizationId}/invitations`, { email, role });

describe('somebody invited', () => {
  it('registers with the link and is a member', async () => {
    const { token } = await toOrganization('Grace@example.com');
    const browser = new TestBrowser(stack);
    const options = await browser.begin({ invitationToken: token, displayName: 'Grace Hopper' });
    const answer = await browser.complete(new SoftwareAuthenticator(ORIGIN).create(options), 'Laptop');
    expect(signInBody(answer).user).toMatchObject({ email: 'grace@example.com', globalAdmin: false });
    expect((await browser.call('/api/v1/transactions')).status).toBe(200);
    expect((await deeds(stack, 'user.created'))[0]).toMatchObject({ resource: { name: 'grace@example.com' } });
  });

  it('to the platform as a global administrator is one', async () => {
    const { token } = await invite('/api/v1/system/invitations', { email: 'linus@example.com', globalAdmin: true });
    const browser = new TestBrowser(stack);
    const options = await browser.begin({ invitationToken: token, displayName: 'Linus' });
    const answer = await browser.complete(new SoftwareAuthenticator(ORIGIN).create(options));
    expect(signInBody(answer).user).toMatchObject({ email: 'linus@example.com', globalAdmin: true });
  });

  it('with an account signs in with it: the link gives nobody a passkey for it', async () => {
    const holder = await newHolder(stack);
    const { token } = await toOrganization(holder.user.email);
    const begun = await new TestBrowser(stack).call('/api/v1/auth', {
      method: 'POST',
      body: { invitationToken: token, displayName: 'Eve' },
    });
    expect(signInBody(begun).ceremony).toBe('authentication');
    const browser = await signIn(stack, holder);
    expect((await browser.call('/api/v1/invitations/accept', { method: 'POST', body: { token } })).status).toBe(200);
    expect((await browser.call('/api/v1/transactions')).status).toBe(200);
  });
});

describe('an invitation', () => {
  const begin = (body: object) => new TestBrowser(stack).call('/api/v1/auth', { method: 'POST', body });

  it('lets one in, also when two register at the same time, and none after', async () => {
    const { token } = await toOrganization('alan@example.com');
    const attempts = await Promise.all(
      ['Alan', 'Eve'].map(async (displayName) => {
        const browser = new TestBrowser(stack);
        return {
          browser,
          response: new SoftwareAuthenticator(ORIGIN).create(await browser.begin({ invitationToken: token, displayName })),
        };
      }),
    );
    const answers = await Promise.all(attempts.map(({ browser, response }) => browser.complete(response)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409 || status === 410)).toHaveLength(1);
    expectRefusal(await begin({ invitationToken: token, displayName: 'Eve' }), 410, 'invitation_used');
  });

  it('withdrawn while somebody registers lets nobody in', async () => {
    const { id, token } = await toOrganization('edsger@example.com');
    const browser = new TestBrowser(stack);
    const response = new SoftwareAuthenticator(ORIGIN).create(await browser.begin({ invitationToken: token, displayName: 'Edsger' }));
    await stack.call(`/api/v1/organizations/${organizationId}/invitations/${id}`, { method: 'DELETE', key: adminToken });
    expectRefusal(await browser.complete(response), 404, 'invitation_invalid');
    expectRefusal(await begin({ invitationToken: token, displayName: 'Edsger' }), 404, 'invitation_invalid');
  });

  it.each([
    ['an unknown token', { invitationToken: 'x'.repeat(43), displayName: 'Eve' }, 404, 'invitation_invalid', undefined],
    ['another address', { displayName: 'Eve', email: 'eve@example.com' }, 400, 'validation_failed', 'email'],
    ['a setup token too', { displayName: 'Eve', setupToken: 'x' }, 400, 'validation_failed', 'invitationToken'],
    ['no name', {}, 400, 'validation_failed', 'displayName'],
    ['a wish for more', { displayName: 'Eve', role: 'admin' }, 400, 'validation_failed', 'role'],
  ])('with %s registers nobody', async (_name, wish, status, code, field) => {
    const { token } = await toOrganization('barbara@example.com');
    expectRefusal(await begin({ invitationToken: token, ...wish }), status, code, field);
  });
});
