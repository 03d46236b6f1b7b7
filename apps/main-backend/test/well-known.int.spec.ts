import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { domainSnapshot, organizationSnapshot } from '@paygate/messages';
import type { DomainSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { MainStack } from './support/main-stack.js';

const FILE = '7B2276657273696F6E223A317D\n';
const PATH = '/.well-known/apple-developer-merchantid-domain-association';

type Snapshot = Pick<DomainSnapshot, keyof DomainSnapshot>;
interface Answer {
  status: number | undefined;
  contentType: string | undefined;
  text: string;
}

let stack: MainStack;
let bucket: ConfigBucket;

beforeAll(async () => {
  stack = await MainStack.start();
  bucket = stack.app.get(ConfigBucket);
}, 60_000);
afterAll(async () => stack.stop());

/** `fetch` does not let a caller name another host. */
async function get(headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${stack.url}${PATH}`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, contentType: response.headers['content-type'], text }));
    });
    request.once('error', reject).end();
  });
}

async function aDomain(changes: Partial<Snapshot> = {}, status: 'active' | 'suspended' = 'active'): Promise<Snapshot> {
  const organizationId = newObjectId();
  const id = newObjectId();
  const snapshot = { id, organizationId, livemode: true, domain: `pay-${id}.shop.example`, verified: true, applePayAssociation: FILE };
  await bucket.put(organizationSnapshot, organizationId, { id: organizationId, name: 'Example Ltd', status });
  return tell({ ...snapshot, ...changes });
}

async function tell(snapshot: Snapshot): Promise<Snapshot> {
  await bucket.put(domainSnapshot, snapshot.id, snapshot);
  const view = await bucket.watch(domainSnapshot);
  await eventually(() => expect(view.get(snapshot.id)).toEqual(snapshot));
  return snapshot;
}

const found = { status: 200, contentType: 'text/plain; charset=utf-8', text: FILE };

describe('the Apple Pay file of a domain', () => {
  it.each<[string, (domain: string) => Record<string, string>]>([
    ['by the host of the request', (host) => ({ host })],
    ['with a port', (host) => ({ host: `${host}:443` })],
    ['in other letters', (host) => ({ host: host.toUpperCase() })],
    ['by the host the proxy was asked for', (host) => ({ host: 'main-backend:3002', 'x-forwarded-host': host })],
  ])('is served %s', async (_name, headers) => {
    const { domain } = await aDomain();
    expect(await get(headers(domain))).toEqual(found);
  });

  it.each<[string, () => Promise<string>]>([
    ['a host nobody has', () => Promise.resolve('unknown.example')],
    ['the host of the payment pages', () => Promise.resolve('pay.example.test')],
    ['a host below one that has a file', async () => `www.${(await aDomain()).domain}`],
    ['a domain that is not verified', async () => (await aDomain({ verified: false })).domain],
    ['a domain without a file', async () => (await aDomain({ applePayAssociation: undefined })).domain],
    ['a domain of a suspended organization', async () => (await aDomain({}, 'suspended')).domain],
  ])('is not there for %s', async (_name, host) => {
    const answer = await get({ host: await host() });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'route_not_found' });
  });

  it('follows every change at once', async () => {
    const snapshot = await aDomain({ verified: false });
    const { domain: host } = snapshot;
    await tell({ ...snapshot, verified: true });
    expect(await get({ host })).toEqual(found);
    await tell({ ...snapshot, verified: true, applePayAssociation: 'second' });
    expect(await get({ host })).toEqual({ ...found, text: 'second' });
    await bucket.remove(domainSnapshot, snapshot.id);
    await eventually(async () => expect((await get({ host })).status).toBe(404));

    // The name is free again, and another organization takes it.
    await aDomain({ domain: host, applePayAssociation: 'theirs' });
    expect(await get({ host })).toEqual({ ...found, text: 'theirs' });
  });

  it('is kept by no cache', async () => {
    const { domain } = await aDomain();
    const response = await fetch(`${stack.url}${PATH}`, { headers: { 'x-forwarded-host': domain } });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });
});
