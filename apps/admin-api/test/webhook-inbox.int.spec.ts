import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@paygate/kernel';
import { OrganizationDirectory } from '../src/organizations/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { deeds, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { suspend } from './fixture/suspension.js';

let stack: AdminStack;

interface Shop extends Merchant {
  slug: string;
  key: string;
}

async function newShop(): Promise<Shop> {
  const merchant = await stack.newMerchant();
  const found = await service(stack, OrganizationDirectory).find(merchant.organizationId);
  const { apiKey: key } = await stack.newKey(merchant.scope, { scopes: ['webhook:*'] });
  return { ...merchant, slug: found?.slug ?? '', key };
}

beforeAll(async () => {
  // The limit counts here, for each address that a request claims to come from.
  stack = await AdminStack.start({ RATE_LIMIT_EXEMPT: '' });
}, 60_000);
afterAll(async () => stack.stop());

const send = (slug: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${stack.url}/api/v1/webhooks/${slug}`, { method: 'POST', ...init });
const inbox = async ({ key }: Shop, query = '') => (await stack.call(`/api/v1/webhooks/inbox${query}`, { key })).body.requests;
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

describe('the test receiver', () => {
  it('takes what it is sent, of any type, and shows it as it came', async () => {
    const shop = await newShop();
    const sent: [body: BodyInit, type: string, shown: string, encoding: string][] = [
      ['{"event":"webhook.test"}', 'application/json', '{"event":"webhook.test"}', 'utf8'],
      ['{"broken":', 'application/json', '{"broken":', 'utf8'],
      ['{"__proto__":{"constructor":1}}', 'application/json', '{"__proto__":{"constructor":1}}', 'utf8'],
      ['<a>ü</a>', 'application/xml; charset=utf-8', '<a>ü</a>', 'utf8'],
      ['a=1&b=2', 'application/x-www-form-urlencoded', 'a=1&b=2', 'utf8'],
      [Buffer.from([0xff, 0x00, 0xfe]), 'image/x-of-no-kind', '/wD+', 'base64'],
      ['plain', ';;not a type', 'plain', 'utf8'],
    ];
    for (const [body, type] of sent) {
      const answer = await send(`${shop.slug}/`, { body, headers: { 'content-type': type, 'X-Webhook-Event': 'webhook.test' } });
      expect([answer.status, await answer.json()]).toEqual([200, { received: true, id: expect.any(String) }]);
    }
    const expected = sent.map(([, contentType, body, bodyEncoding]) => ({ contentType, body, bodyEncoding }));
    const shown = await inbox(shop);
    expect(shown.map(({ contentType, body, bodyEncoding }) => ({ contentType, body, bodyEncoding })).reverse()).toEqual(expected);
    expect(shown[0]).toMatchObject({ path: `/api/v1/webhooks/${shop.slug}/`, bytes: 5, receivedAt: expect.any(String) });
    expect(shown[0]?.['headers']).toContainEqual({ name: 'X-Webhook-Event', value: 'webhook.test' });
  });

  it('takes requests without a body, with a query, with or without a slash, to a name in capitals', async () => {
    const shop = await newShop();
    expect((await send(`${shop.slug.toUpperCase()}?try=1`)).status).toBe(200);
    expect(await inbox(shop)).toEqual([expect.objectContaining({ body: '', bytes: 0, path: expect.stringContaining('?try=1') })]);
  });

  it('keeps no credentials', async () => {
    const shop = await newShop();
    await send(shop.slug, { headers: { authorization: 'Basic c2VjcmV0', cookie: 'session=secret' } });
    const shown = JSON.stringify(await inbox(shop));
    expect(shown).toContain('•••');
    expect(shown).not.toMatch(/c2VjcmV0|session=secret/);
  });

  it('keeps the last 100 requests, also of those that come at once', async () => {
    const shop = await newShop();
    const other = await newShop();
    await send(other.slug);
    for (let group = 0; group < 11; group++) {
      const bodies = Array.from({ length: 10 }, (_, at) => `${group * 10 + at}`);
      const answers = await Promise.all(bodies.map((body) => send(shop.slug, { body, headers: from(`203.0.113.${group % 6}`) })));
      expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
    }
    const { body } = await stack.call('/api/v1/webhooks/inbox?limit=100', { key: shop.key });
    expect(body).toMatchObject({ total: 100, page: 1 });
    const kept = body.requests.map((request) => Number(request['body']));
    expect(new Set(kept).size).toBe(100);
    expect(Math.min(...kept)).toBe(10);
    expect(await inbox(other)).toHaveLength(1);
  });

  it('refuses more than 64 kB, and takes as much', async () => {
    const shop = await newShop();
    expect((await send(shop.slug, { body: Buffer.alloc(64 * 1024, 0xff) })).status).toBe(200);
    const refused = await send(shop.slug, { body: 'x'.repeat(64 * 1024 + 1) });
    expect([refused.status, await refused.json()]).toEqual([413, expect.objectContaining({ code: 'payload_too_large' })]);
    expect(await inbox(shop)).toHaveLength(1);
  });

  it('does not know organizations that are not there or are suspended', async () => {
    const shop = await newShop();
    await suspend(stack, shop.scope);
    for (const slug of [shop.slug, 'nobody-of-that-name', '%7B%22$ne%22:1%7D', 'a%00b']) {
      const answer = await send(slug);
      expect([slug, answer.status, await answer.json()]).toEqual([slug, 404, expect.objectContaining({ code: 'organization_not_found' })]);
    }
  });

  it('is limited by address', async () => {
    const shop = await newShop();
    const statuses: number[] = [];
    for (let at = 0; at < 61; at++) statuses.push((await send(shop.slug, { headers: from('198.51.100.20') })).status);
    expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(statuses.at(60)).toBe(429);
    expect((await send(shop.slug, { headers: from('198.51.100.21') })).status).toBe(200);
  });

  it('changes nothing about what other routes take', async () => {
    const shop = await newShop();
    const headers = { authorization: `Bearer ${shop.key}`, 'content-type': 'application/vnd.paygate.received' };
    const answer = await fetch(`${stack.url}/api/v1/webhook-endpoints`, { method: 'POST', headers, body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([415, expect.objectContaining({ code: 'unsupported_media_type' })]);
  });
});

describe('the inbox', () => {
  it('is the organization’s alone, for live and test keys alike, and is emptied with a word in the audit log', async () => {
    const [shop, other] = [await newShop(), await newShop()];
    await send(shop.slug, { body: 'one' });
    await send(shop.slug, { body: 'two' });
    const { apiKey: live } = await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes: ['webhook:read'] });
    expect((await stack.call('/api/v1/webhooks/inbox', { key: live })).body.requests).toHaveLength(2);
    expect(await inbox(other)).toEqual([]);
    const first = await stack.call('/api/v1/webhooks/inbox?limit=1', { key: shop.key });
    const { nextCursor } = first.body as unknown as { nextCursor: string };
    expect(await inbox(shop, `?limit=1&cursor=${nextCursor}`)).toEqual([expect.objectContaining({ body: 'one' })]);

    expectRefusal(await stack.call('/api/v1/webhooks/inbox', { method: 'DELETE', key: live }), 403, 'insufficient_scope');
    expect((await stack.call('/api/v1/webhooks/inbox', { method: 'DELETE', key: other.key })).status).toBe(204);
    expect(await inbox(shop)).toHaveLength(2);
    expect((await stack.call('/api/v1/webhooks/inbox', { method: 'DELETE', key: shop.key })).status).toBe(204);
    expect(await inbox(shop)).toEqual([]);
    const [deed] = await deeds(stack, 'webhook_inbox.emptied', shop.organizationId);
    expect(deed?.changes).toEqual([{ field: 'requests', before: 2 }]);
  });
});
