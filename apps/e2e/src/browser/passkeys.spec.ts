import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { DeviceSlot } from './device-slot.js';
import { DESKTOP, SCREENS } from './screens.js';
import type { Screen } from './screens.js';
import type { Visit } from './visit.js';

/** A refused sign-in shows in the console of the browser, as a failed request. */
const REFUSED = [/status of 401/];

let test: BrowserTest;

const visit = (screen: Screen, journey: (visit: Visit, slot: DeviceSlot) => Promise<void>): Promise<void> =>
  test.visit(screen, async (one) => journey(one, await DeviceSlot.of(one.page)), { expectedErrors: REFUSED });

describe.each(SCREENS)('the first administrator, on a $name', (screen) => {
  // Each has a platform of its own: there is a first administrator only once.
  beforeEach(async () => {
    test = await BrowserTest.start();
  }, START_TIMEOUT_MS);

  afterEach(() => test.stop());

  it('registers, signs out and in, adds a second device; a deleted passkey no longer signs in', () =>
    visit(screen, async (visitor, slot) => {
      const { signIn, page } = visitor;
      await slot.plugIn();
      await signIn.open((await test.stack.seedDemo(false)).signInUrl);
      await signIn.shows('Register the first administrator');
      await signIn.email.fill('ada@example.com');
      await signIn.name.fill('Ada Lovelace');
      await signIn.device.fill('Laptop');
      await signIn.press('Create a passkey');
      await signIn.says('You are registered and signed in.');
      expect(new URL(page.url()).hash).toBe('');
      expect(await visitor.fitsTheScreen()).toBe(true);

      await signIn.signOutAndIn();
      await page.reload();
      await signIn.shows('Your account');

      const laptop = await slot.unplug();
      await slot.plugIn();
      await signIn.device.fill('Phone');
      await signIn.press('Add another passkey');
      await signIn.says('The new passkey can be used from now on.');
      expect(await signIn.passkeyNames()).toEqual(['Laptop', 'Phone']);

      await signIn.signOutAndIn();
      await signIn.press('Delete Laptop');
      await signIn.press('Delete Laptop for good');
      await signIn.says('Deleted. That passkey no longer signs in.');
      expect(await signIn.passkeyNames()).toEqual(['Phone']);

      await signIn.press('Sign out');
      await signIn.says('You are signed out.');
      await slot.unplug();
      await slot.plugIn(laptop);
      await signIn.press('Sign in with a passkey');
      await signIn.complains(/^This passkey could not be verified\./);
    }));
});

describe('invited people', () => {
  let organization: { id: string; name: string };
  let api: (path: string, body: object) => Promise<Record<string, string>>;

  beforeAll(async () => {
    test = await BrowserTest.start();
    const seed = await test.stack.seedDemo(false);
    organization = { id: seed.organizationId, name: 'Demo organization' };
    api = async (path, body) => {
      const response = await fetch(`${test.stack.adminApiUrl}/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Token ${seed.adminAccessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(201);
      return (await response.json()) as Record<string, string>;
    };
  }, START_TIMEOUT_MS);

  afterAll(() => test.stop());

  const invitation = async (email: string): Promise<string> =>
    (await api(`/organizations/${organization.id}/invitations`, { email, role: 'editor' }))['invitationUrl'] ?? '';

  it('register with the link, by keyboard alone, and work in the organization', () =>
    visit(DESKTOP, async ({ signIn, page }, slot) => {
      await slot.plugIn();
      await signIn.open(await invitation('grace@example.com'));
      await signIn.shows('Accept your invitation');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Grace Hopper');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Workstation');
      await page.keyboard.press('Enter');
      await signIn.shows('Your account');
      expect(await signIn.passkeyNames()).toEqual(['Workstation']);
      expect(await signIn.organization.locator('option').allTextContents()).toEqual([`${organization.name} (editor)`]);
      const cookies = await page.context().cookies();
      expect(cookies.find(({ name }) => name === 'selectedOrganization')?.value).toBe(organization.id);
      expect(cookies.find(({ name }) => name === 'paygate_refresh')).toMatchObject({ httpOnly: true, sameSite: 'Strict' });

      await signIn.press('Rename Workstation');
      await page.keyboard.type('Office');
      await page.keyboard.press('Enter');
      await signIn.says('Renamed.');
      expect(await signIn.passkeyNames()).toEqual(['Office']);
    }));

  it('are told when the device does not recognize them, and may try again', () =>
    visit(DESKTOP, async ({ signIn }, slot) => {
      const link = await invitation('alan@example.com');
      await slot.plugIn();
      await slot.recognizes(false);
      await signIn.open(link);
      await signIn.name.fill('Alan Turing');
      await signIn.press('Create a passkey');
      await signIn.complains(/^Nothing was done/);

      await slot.recognizes(true);
      await signIn.press('Create a passkey');
      await signIn.says('You are registered and signed in.');
      await signIn.press('Sign out');
      await signIn.says('You are signed out.');
    }));
});
