import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { domainSnapshot } from '@paygate/messages';
import type { DomainSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { ConfigurationPublisher } from '../src/configuration-snapshots/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Call, Merchant } from './fixture/admin-stack.js';
import { rewrite } from './fixture/backstage.js';
import { DnsServer } from '@paygate/testing';
import { expectRefusal } from './fixture/expect-refusal.js';

const TARGET = 'secure.platform.example';
const PATH = '/api/v1/domains';

interface DomainBody {
  id: string;
  domain: string;
  status: string;
  verifiedAt?: string;
  lastCheckedAt?: string;
  lastCheckError?: string;
  applePayAssociation: boolean;
}
interface Trail {
  entries: { action: string; changes: { field: string; before?: unknown; after?: unknown }[] }[];
}

let dns: DnsServer;
let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let key: string;
let liveKey: string;
let otherKey: string;

beforeAll(async () => {
  dns = await DnsServer.start();
  stack = await AdminStack.start({
    ADMIN_PUBLIC_URL: 'https://api.platform.example',
    CHECKOUT_PUBLIC_URL: `https://${TARGET}`,
    HOOKS_PUBLIC_URL: 'https://hooks.platform.example:8443',
    DNS_SERVERS: dns.address,
  });
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  const keyFor = async (scope: TenantScope) => (await stack.newKey(scope, { scopes: ['*'] })).apiKey;
  key = await keyFor(shop.scope);
  otherKey = await keyFor(other.scope);
  liveKey = await keyFor(TenantScope.of(shop.organizationId, true));
}, 60_000);
afterAll(async () => {
  await stack.stop();
  await dns.stop();
});

const call = (path: string, options: Call = {}): Promise<Answer> => stack.call(`${PATH}${path}`, { key, ...options });
const create = (body: unknown, options: Call = {}): Promise<Answer> => call('', { method: 'POST', body, ...options });
const newName = (): string => `pay-${newObjectId()}.shop.example`;
const bodyOf = ({ body }: Answer): DomainBody => body as unknown as DomainBody;

async function created(domain = newName()): Promise<DomainBody> {
  const answer = await create({ domain });
  expect(answer.status).toBe(201);
  return bodyOf(answer);
}

async function verified(domain = newName()): Promise<DomainBody> {
  const made = await created(domain);
  dns.zones.set(domain, { CNAME: TARGET });
  expect((await call(`/verify-cname?domain=${domain}`)).status).toBe(200);
  return made;
}

async function trailOf(id: string): Promise<Trail['entries']> {
  const { body } = await stack.call(`/api/v1/audit-log?resourceType=domain&resourceId=${id}`, { key });
  return (body as unknown as Trail).entries;
}

async function published(id: string, check: (snapshot: DomainSnapshot | undefined) => void): Promise<void> {
  const view = await stack.app.get(ConfigBucket, { strict: false }).watch(domainSnapshot);
  await eventually(() => check(view.get(id)));
}

describe('POST /api/v1/domains', () => {
  it('registers a domain, to be verified', async () => {
    const name = newName();
    const answer = await create({ domain: name.toUpperCase(), siteId: shop.siteId });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      domain: name,
      siteId: shop.siteId,
      status: 'pending',
      expectedCname: TARGET,
      applePayAssociation: false,
      livemode: false,
      createdAt: expect.stringMatching(/Z$/),
    });
    const { id } = answer.body;
    expect((await call(`/${id}`)).body).toEqual(answer.body);
    await published(id, (snapshot) =>
      expect(snapshot).toEqual({
        id,
        organizationId: shop.organizationId,
        livemode: false,
        domain: name,
        siteId: shop.siteId,
        verified: false,
      }),
    );
    expect(await trailOf(id)).toMatchObject([{ action: 'domain.created' }]);
  });

  it('keeps international names in Punycode', async () => {
    const label = newObjectId();
    expect((await created(`${label}.bücher.example`)).domain).toBe(`${label}.xn--bcher-kva.example`);
  });

  it('takes an empty siteId for absent', async () => {
    expect((await create({ domain: newName(), siteId: '' })).body).not.toHaveProperty('siteId');
  });

  it.each<[string, unknown, string]>([
    ['no domain', {}, 'domain'],
    ['null', { domain: null }, 'domain'],
    ['an operator', { domain: { $gt: '' } }, 'domain'],
    ['a list', { domain: ['a.example'] }, 'domain'],
    ['a number', { domain: 7 }, 'domain'],
    ['an empty name', { domain: '' }, 'domain'],
    ['one label', { domain: 'localhost' }, 'domain'],
    ['an address', { domain: 'https://pay.example' }, 'domain'],
    ['a path', { domain: 'pay.example/checkout' }, 'domain'],
    ['a port', { domain: 'pay.example:443' }, 'domain'],
    ['a wildcard', { domain: '*.pay.example' }, 'domain'],
    ['an IPv4 address', { domain: '192.0.2.1' }, 'domain'],
    ['an IPv6 address', { domain: '[2001:db8::1]' }, 'domain'],
    ['NUL', { domain: 'pay\u0000.example' }, 'domain'],
    ['an over-long name', { domain: `${'a.'.repeat(130)}example` }, 'domain'],
    ['the host of the API', { domain: 'API.platform.example' }, 'domain'],
    ['the host of the payment pages', { domain: TARGET }, 'domain'],
    ['the host of the hooks', { domain: 'hooks.platform.example' }, 'domain'],
    ['a name below a host of the platform', { domain: `login.${TARGET}` }, 'domain'],
    ['a wrong siteId', { domain: 'pay.example', siteId: 'shop' }, 'siteId'],
    ['an operator as siteId', { domain: 'pay.example', siteId: { $ne: null } }, 'siteId'],
    ['an organization', { domain: 'pay.example', organizationId: newObjectId() }, 'organizationId'],
    ['a mode', { domain: 'pay.example', livemode: true }, 'livemode'],
    ['a status', { domain: 'pay.example', status: 'verified' }, 'status'],
    ['a time of verification', { domain: 'pay.example', verifiedAt: '2026-01-01T00:00:00Z' }, 'verifiedAt'],
    ['a file', { domain: 'pay.example', applePayAssociation: 'x' }, 'applePayAssociation'],
  ])('refuses %s', async (_name, body, field) => {
    expectRefusal(await create(body), 400, 'validation_failed', field);
  });

  it('refuses the site of another organization like one that does not exist', async () => {
    for (const siteId of [other.siteId, newObjectId()]) {
      expectRefusal(await create({ domain: newName(), siteId }), 404, 'site_not_found', 'siteId');
    }
  });

  it('registers a domain once over all organizations and modes, without saying whose it is', async () => {
    const { domain } = await created();
    const answers = await Promise.all([key, liveKey, otherKey].map((caller) => create({ domain }, { key: caller })));
    for (const answer of answers) {
      expectRefusal(answer, 409, 'already_exists', 'domain');
      expect(JSON.stringify(answer.body)).not.toContain(shop.organizationId);
    }
  });

  it('lets one of many win who register the same domain at once', async () => {
    const domain = newName();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => create({ domain }, { key: i % 2 === 0 ? key : otherKey })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('repeats its answer for the same Idempotency-Key', async () => {
    const domain = newName();
    const headers = { 'idempotency-key': newObjectId() };
    const first = await create({ domain }, { headers });
    const second = await create({ domain }, { headers });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expectRefusal(await create({ domain: newName() }, { headers }), 422, 'idempotency_key_reused');
    expect(await trailOf(first.body.id)).toHaveLength(1);
  });
});

describe('what belongs to a tenant', () => {
  it.each<[string, string, string]>([
    ['reads', 'GET', ''],
    ['deletes', 'DELETE', ''],
    ['stores a file at', 'PUT', '/apple-pay-association'],
    ['removes the file of', 'DELETE', '/apple-pay-association'],
  ])('nobody else %s', async (_name, method, suffix) => {
    const { id } = await created();
    const body = method === 'PUT' ? { content: 'x' } : undefined;
    for (const caller of [otherKey, liveKey]) {
      expectRefusal(await call(`/${id}${suffix}`, { method, body, key: caller }), 404, 'domain_not_found');
    }
    for (const unknown of [newObjectId(), 'x', '%7B%22$gt%22:%22%22%7D']) {
      expectRefusal(await call(`/${unknown}${suffix}`, { method, body }), 404, 'domain_not_found');
    }
    expect((await call(`/${id}`)).body).toMatchObject({ id, applePayAssociation: false });
  });

  it('nobody else has it verified', async () => {
    const { id, domain } = await created();
    dns.zones.set(domain, { CNAME: TARGET });
    for (const caller of [otherKey, liveKey]) {
      expectRefusal(await call(`/verify-cname?domain=${domain}`, { key: caller }), 404, 'domain_not_found');
      expectRefusal(await call(`/verify-cname?id=${id}`, { key: caller }), 404, 'domain_not_found');
    }
    expect((await call(`/${id}`)).body).toMatchObject({ status: 'pending' });
  });

  it('is listed to nobody else', async () => {
    const { id } = await created();
    const listed = async (caller: string) => {
      const { body } = await call('?limit=100', { key: caller });
      return (body as unknown as { domains: DomainBody[] }).domains.map((domain) => domain.id);
    };
    expect(await listed(key)).toContain(id);
    expect(await listed(otherKey)).not.toContain(id);
    expect(await listed(liveKey)).not.toContain(id);
  });
});

describe('GET /api/v1/domains', () => {
  it('lists newest first, by state, site and page', async () => {
    const merchant = await stack.newMerchant();
    const { apiKey } = await stack.newKey(merchant.scope, { scopes: ['domain:*'] });
    const list = async (query: string) => {
      const { status, body } = await call(query, { key: apiKey });
      expect(status).toBe(200);
      return body as unknown as { domains: DomainBody[]; total: number; nextCursor?: string };
    };
    const ids: string[] = [];
    for (const siteId of [merchant.siteId, undefined, undefined]) {
      ids.unshift((await create({ domain: newName(), siteId }, { key: apiKey })).body.id);
    }
    const all = await list('');
    expect(all.domains.map(({ id }) => id)).toEqual(ids);
    expect(all).toMatchObject({ total: 3, page: 1, limit: 50 });
    expect((await list(`?siteId=${merchant.siteId}`)).domains.map(({ id }) => id)).toEqual([ids[2]]);
    expect((await list('?status=verified&siteId=')).domains).toEqual([]);
    expect((await list('?status=pending')).total).toBe(3);
    const first = await list('?limit=2');
    expect((await list(`?limit=2&cursor=${first.nextCursor ?? ''}`)).domains.map(({ id }) => id)).toEqual([ids[2]]);
  });

  it.each([
    ['status=active', 'status'],
    ['status[$ne]=pending', 'status[$ne]'],
    ['siteId=x', 'siteId'],
    ['domain=pay.example', 'domain'],
    ['limit=101', 'limit'],
    ['organizationId=5f0000000000000000000001', 'organizationId'],
  ])('refuses ?%s', async (query, field) => {
    expectRefusal(await call(`?${query}`), 400, 'validation_failed', field);
  });
});

describe('GET /api/v1/domains/verify-cname', () => {
  it('verifies a domain that leads to the payment pages, and says so once in the audit log', async () => {
    const { id, domain } = await created();
    dns.zones.set(domain, { CNAME: 'shops.example' }).set('shops.example', { CNAME: TARGET });
    const answer = await call(`/verify-cname?domain=${domain.toUpperCase()}`);
    expect(answer).toMatchObject({ status: 200, body: { domain, verified: true, expected: TARGET, found: ['shops.example', TARGET] } });
    expect(answer.body).not.toHaveProperty('problem');

    const { verifiedAt, lastCheckedAt, ...rest } = bodyOf(await call(`/${id}`));
    expect(rest).toMatchObject({ status: 'verified' });
    expect(rest).not.toHaveProperty('lastCheckError');
    expect(lastCheckedAt).toBe(verifiedAt);
    await published(id, (snapshot) => expect(snapshot).toMatchObject({ verified: true }));

    await Promise.all([call(`/verify-cname?id=${id}`), call(`/verify-cname?id=${id}`)]);
    expect(await trailOf(id)).toMatchObject([
      { action: 'domain.verified', changes: [{ field: 'status', before: 'pending', after: 'verified' }] },
      { action: 'domain.created' },
    ]);
    expect(bodyOf(await call(`/${id}`)).verifiedAt).toBe(verifiedAt);
  });

  it('is told once when many ask at once', async () => {
    const { id, domain } = await created();
    dns.zones.set(domain, { CNAME: TARGET });
    const answers = await Promise.all(Array.from({ length: 6 }, () => call(`/verify-cname?id=${id}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect((await trailOf(id)).filter(({ action }) => action === 'domain.verified')).toHaveLength(1);
  });

  it('remembers what was wrong until it is right', async () => {
    const { id, domain } = await created();
    dns.zones.set(domain, { CNAME: 'elsewhere.example' });
    expect((await call(`/verify-cname?id=${id}`)).body).toMatchObject({
      verified: false,
      expected: TARGET,
      found: ['elsewhere.example'],
      problem: 'wrong_target',
    });
    expect((await call(`/${id}`)).body).toMatchObject({ status: 'pending', lastCheckError: 'wrong_target' });
    dns.zones.set(domain, { CNAME: TARGET });
    await call(`/verify-cname?id=${id}`);
    expect((await call(`/${id}`)).body).not.toHaveProperty('lastCheckError');
  });

  it('does not withdraw what was verified', async () => {
    const { id, domain } = await verified();
    dns.zones.set(domain, 'broken');
    expect((await call(`/verify-cname?id=${id}`)).body).toMatchObject({ verified: false, problem: 'lookup_failed' });
    expect((await call(`/${id}`)).body).toMatchObject({ status: 'verified', lastCheckError: 'lookup_failed' });
    expect((await stack.call(`${PATH}/verify?domain=${domain}`)).status).toBe(200);
  });

  it.each([
    ['', 'domain'],
    ['?domain=', 'domain'],
    ['?domain=a.example&id=507f1f77bcf86cd799439011', 'domain'],
    ['?domain=a.example&domain=b.example', 'domain'],
    ['?domain=localhost', 'domain'],
    ['?domain[$gt]=', 'domain[$gt]'],
    ['?id=x', 'id'],
    ['?host=a.example', 'host'],
  ])('refuses %p', async (query, field) => {
    expectRefusal(await call(`/verify-cname${query}`), 400, 'validation_failed', field);
  });

  it('does not look up what is not registered', async () => {
    dns.questions.length = 0;
    expectRefusal(await call('/verify-cname?domain=intranet.corp.example'), 404, 'domain_not_found');
    expect(dns.questions).toEqual([]);
  });
});

describe('GET /api/v1/domains/verify', () => {
  const ask = async (query: string) => {
    const response = await fetch(`${stack.url}${PATH}/verify${query}`);
    return { status: response.status, text: await response.text() };
  };

  it('says yes to a verified domain, whatever its letters and mode', async () => {
    const { domain } = await verified();
    expect(await ask(`?domain=${domain}`)).toEqual({ status: 200, text: '' });
    expect(await ask(`?domain=${domain.toUpperCase()}`)).toEqual({ status: 200, text: '' });
    const live = newName();
    dns.zones.set(live, { CNAME: TARGET });
    await create({ domain: live }, { key: liveKey });
    expect(await ask(`?domain=${live}`)).toEqual({ status: 403, text: '' });
    await call(`/verify-cname?domain=${live}`, { key: liveKey });
    expect(await ask(`?domain=${live}`)).toEqual({ status: 200, text: '' });
  });

  it('says no to a domain that is pending, below a verified one, or deleted', async () => {
    const pending = await created();
    const { id, domain } = await verified();
    expect(await ask(`?domain=${pending.domain}`)).toEqual({ status: 403, text: '' });
    expect(await ask(`?domain=www.${domain}`)).toEqual({ status: 403, text: '' });
    expect((await call(`/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await ask(`?domain=${domain}`)).toEqual({ status: 403, text: '' });
  });

  it.each([
    '',
    '?domain=',
    '?domain',
    '?domain=unknown.example',
    `?domain=${TARGET}`,
    '?domain=a.example&domain=b.example',
    '?domain[$gt]=',
    '?domain[]=a.example',
    '?domain=%00',
    '?domain=%E0%A4%A',
    '?domain=192.0.2.1',
    '?domain=[::1]',
    '?domain=%7B%22$ne%22:1%7D',
    '?domain=*.example',
    '?domain=../../etc/passwd',
    '?host=a.example',
  ])('says no to %p, without a word', async (query) => {
    expect(await ask(query)).toEqual({ status: 403, text: '' });
  });

  it('says no to a name longer than any, without a word', async () => {
    expect(await ask(`?domain=${'a.'.repeat(2000)}example`)).toEqual({ status: 403, text: '' });
  });

  it('says no while the organization is suspended', async () => {
    const merchant = await stack.newMerchant();
    const { apiKey } = await stack.newKey(merchant.scope, { scopes: ['domain:*'] });
    const domain = newName();
    dns.zones.set(domain, { CNAME: TARGET });
    await create({ domain }, { key: apiKey });
    await call(`/verify-cname?domain=${domain}`, { key: apiKey });
    expect((await ask(`?domain=${domain}`)).status).toBe(200);
    await setStatus(merchant, 'suspended');
    await eventually(async () => expect((await ask(`?domain=${domain}`)).status).toBe(403));
    await setStatus(merchant, 'active');
    await eventually(async () => expect((await ask(`?domain=${domain}`)).status).toBe(200));
  });

  const setStatus = async ({ organizationId }: Merchant, status: string) =>
    rewrite(stack, 'organizations', { _id: organizationId }, { $set: { status } });
});

describe('DELETE /api/v1/domains/:id', () => {
  it('removes it everywhere and frees its name', async () => {
    const { id, domain } = await verified();
    await published(id, (snapshot) => expect(snapshot).toBeDefined());
    const answer = await call(`/${id}`, { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expectRefusal(await call(`/${id}`), 404, 'domain_not_found');
    expectRefusal(await call(`/${id}`, { method: 'DELETE' }), 404, 'domain_not_found');
    await published(id, (snapshot) => expect(snapshot).toBeUndefined());
    expect((await trailOf(id))[0]).toMatchObject({ action: 'domain.deleted' });
    const again = await create({ domain }, { key: otherKey });
    expect(again).toMatchObject({ status: 201, body: { status: 'pending' } });
  });
});

describe('the Apple Pay association file', () => {
  const FILE = '7B227073704964223A2239\r\nline two\tend\n';
  const store = (id: string, body: unknown) => call(`/${id}/apple-pay-association`, { method: 'PUT', body });

  it('is stored, published, replaced and removed, each told once', async () => {
    const { id } = await created();
    expect(await store(id, { content: FILE })).toMatchObject({ status: 200, body: { id, applePayAssociation: true } });
    await published(id, (snapshot) => expect(snapshot?.applePayAssociation).toBe(FILE));
    await store(id, { content: FILE });
    await store(id, { content: 'second' });
    await published(id, (snapshot) => expect(snapshot?.applePayAssociation).toBe('second'));
    const remove = () => call(`/${id}/apple-pay-association`, { method: 'DELETE' });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    await published(id, (snapshot) => expect(snapshot).not.toHaveProperty('applePayAssociation'));
    expect((await call(`/${id}`)).body).toMatchObject({ applePayAssociation: false });

    const trail = await trailOf(id);
    expect(trail.map(({ action }) => action)).toEqual([
      'domain.apple_pay_association_removed',
      'domain.apple_pay_association_stored',
      'domain.apple_pay_association_stored',
      'domain.created',
    ]);
    expect(trail[1]?.changes).toEqual([
      { field: 'applePayAssociation', before: expect.stringMatching(/^sha256:/), after: expect.stringMatching(/^sha256:/) },
    ]);
    expect(JSON.stringify(trail)).not.toContain('second');
  });

  it('may have 64 kB', async () => {
    const { id } = await created();
    expect((await store(id, { content: 'x'.repeat(64 * 1024) })).status).toBe(200);
    await published(id, (snapshot) => expect(snapshot?.applePayAssociation).toHaveLength(64 * 1024));
  });

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'content'],
    ['an empty file', { content: '' }, 'content'],
    ['null', { content: null }, 'content'],
    ['more than 64 kB', { content: 'x'.repeat(64 * 1024 + 1) }, 'content'],
    ['more than 64 kB in UTF-8', { content: 'ü'.repeat(32 * 1024 + 1) }, 'content'],
    ['NUL', { content: 'a\u0000b' }, 'content'],
    ['binary text', { content: '\u0001\u0002' }, 'content'],
    ['an operator', { content: { $gt: '' } }, 'content'],
    ['a list', { content: ['x'] }, 'content'],
    ['a status', { content: 'x', status: 'verified' }, 'status'],
  ])('refuses %s', async (_name, body, field) => {
    const { id } = await created();
    expectRefusal(await store(id, body), 400, 'validation_failed', field);
  });

  it('is refused as plain text', async () => {
    const { id } = await created();
    const answer = await call(`/${id}/apple-pay-association`, { method: 'PUT', text: 'x', headers: { 'content-type': 'text/plain' } });
    expectRefusal(answer, 415, 'unsupported_media_type');
  });
});

it('the bucket is repaired from the database', async () => {
  const { id } = await verified();
  await published(id, (snapshot) => expect(snapshot).toMatchObject({ verified: true }));
  await stack.app.get(ConfigBucket, { strict: false }).remove(domainSnapshot, id);
  await published(id, (snapshot) => expect(snapshot).toBeUndefined());
  expect(await stack.app.get(ConfigurationPublisher, { strict: false }).reconcile()).toBe(1);
  await published(id, (snapshot) => expect(snapshot).toMatchObject({ verified: true }));
});
