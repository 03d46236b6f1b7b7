import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { getTransaction, providerSnapshot, siteSnapshot } from '@paygate/messages';
import type { CreatedCheckout, ProviderSnapshot, SiteSnapshot, TransactionView } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { Configuration } from '../src/configuration/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

/** What merchants change while buyers are in the middle of it. */
describe('a change of the configuration', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);
  afterAll(async () => {
    await stack.stop();
  });
  beforeEach(async () => {
    merchant = await stack.newMerchant();
    checkout = await stack.createCheckout(merchant);
  });

  const changeSite = async (changes: Partial<SiteSnapshot>): Promise<void> => {
    await stack.app.get(ConfigBucket).put(siteSnapshot, merchant.siteId, Object.assign({}, merchant.site, changes));
    await eventually(() => expect(stack.app.get(Configuration).site(merchant.siteId)).toMatchObject(changes));
  };
  const changeProvider = async (changes: Partial<ProviderSnapshot>): Promise<void> => {
    await stack.app.get(ConfigBucket).put(providerSnapshot, merchant.providerId, Object.assign({}, merchant.provider, changes));
    await eventually(() => expect(stack.app.get(Configuration).provider(merchant.providerId)).toMatchObject(changes));
  };
  const call = async (path: string, body?: object) => {
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${stack.url}/api/v1/${path}`, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const session = ({ sessionPublicId } = checkout) => call(`checkouts/${sessionPublicId}`);
  const pay = ({ sessionPublicId } = checkout) => call('transactions/create', { sessionPublicId, providerId: merchant.providerId });
  const page = async ({ shortCode } = checkout) => (await fetch(`${stack.url}/checkout/${shortCode}`)).text();
  const transaction = (transactionId: string): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { organizationId: merchant.organizationId, livemode: false, transactionId });
  /** A payment that is at the provider when the change comes. */
  const begin = async (): Promise<string> => (await pay()).body['transactionId'] as string;

  it.each<[string, Partial<SiteSnapshot>]>([
    ['switched off', { active: false }],
    ['deleted', { active: false, providerIds: [], allowedOrigins: [] }],
  ])('a site that is %s takes no new payment', async (_what, changes) => {
    await changeSite(changes);
    expect(await session()).toMatchObject({ status: 403, body: { code: 'site_inactive' } });
    expect(await pay()).toMatchObject({ status: 403, body: { code: 'site_inactive' } });
    await expect(stack.createCheckout(merchant)).rejects.toMatchObject({ code: 'site_inactive' });
    const html = await page();
    expect(html).toContain(merchant.site.name);
    expect(html).not.toContain(`value="${merchant.providerId}"`);
  });

  it.each<[string, () => Promise<void>]>([
    ['its site is switched off', () => changeSite({ active: false })],
    ['its site is deleted', () => changeSite({ active: false, providerIds: [], allowedOrigins: [] })],
    ['its provider is disabled', () => changeProvider({ enabled: false })],
    ['its provider is no longer offered', () => changeSite({ providerIds: [] })],
  ])('a payment in flight is decided after %s', async (_what, change) => {
    const transactionId = await begin();
    await change();
    stack.provider.decide(transactionId, { word: 'succeeded' });
    expect((await stack.notify(merchant, transactionId)).status).toBe(200);
    await eventually(async () => expect(await transaction(transactionId)).toMatchObject({ status: 'succeeded' }));
    expect(await page()).toContain(merchant.site.name);
  });

  it('a disabled provider is not offered, until it is enabled again', async () => {
    await changeProvider({ enabled: false });
    expect(await session()).toMatchObject({ status: 200, body: { providers: [] } });
    expect(await pay()).toMatchObject({ status: 409, body: { code: 'provider_not_available' } });
    await changeProvider({ enabled: true });
    expect(await pay()).toMatchObject({ status: 200 });
  });

  it('a site for tests takes no live payment, also of a checkout opened before', async () => {
    const live = await stack.createCheckout(merchant, { livemode: true });
    expect((await session(live)).status).toBe(200);
    await changeSite({ testOnly: true });
    expect(await session(live)).toMatchObject({ status: 403, body: { code: 'site_inactive' } });
    expect(await pay(live)).toMatchObject({ status: 403, body: { code: 'site_inactive' } });
    await expect(stack.createCheckout(merchant, { livemode: true })).rejects.toMatchObject({ code: 'site_inactive' });
    expect(await session()).toMatchObject({ status: 200, body: { providers: [{ id: merchant.providerId }] } });
    expect(await pay()).toMatchObject({ status: 200 });
  });

  it('the provider a site prefers is chosen on the page and named to other pages, while it is offered', async () => {
    const second = Object.assign({}, merchant.provider, { id: newObjectId(), label: 'Second' });
    await stack.app.get(ConfigBucket).put(providerSnapshot, second.id, second);
    await eventually(() => expect(stack.app.get(Configuration).provider(second.id)).toBeDefined());
    const chosen = (html: string): string[] =>
      [...html.matchAll(/<input[^>]*name="provider"[^>]*>/g)].map(([tag]) => tag).filter((tag) => /\bchecked\b/.test(tag));
    const both = { providerIds: [merchant.providerId, second.id] };

    await changeSite(both);
    expect(chosen(await page())).toEqual([]);
    expect((await session()).body['defaultProviderId']).toBeUndefined();

    await changeSite({ ...both, defaultProviderId: second.id });
    expect(chosen(await page())).toEqual([expect.stringContaining(second.id)]);
    expect((await session()).body['defaultProviderId']).toBe(second.id);

    await stack.app.get(ConfigBucket).put(providerSnapshot, second.id, Object.assign({}, second, { enabled: false }));
    await eventually(async () => expect((await session()).body['defaultProviderId']).toBeUndefined());
  });

  it('shows the colours of the site', async () => {
    await changeSite({ branding: { primaryColor: '#123456', accentColor: '#0f5f56' } });
    expect((await session()).body['branding']).toEqual({ name: merchant.site.name, primaryColor: '#123456', accentColor: '#0f5f56' });
    expect(await page()).toContain('#0f5f56');
  });
});
