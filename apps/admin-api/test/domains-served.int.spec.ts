import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@paygate/testing';
import { AdminStack } from './fixture/admin-stack.js';
import type { AnswerBody } from './fixture/admin-stack.js';
import { DnsServer } from '@paygate/testing';
import { MainBackendProcess } from './fixture/main-backend-process.js';

const TARGET = 'secure.platform.example';
const DOMAIN = 'pay.shop.example';
const FILE = '7B2276657273696F6E223A317D';

let dns: DnsServer;
let stack: AdminStack;
let mainBackend: MainBackendProcess;

beforeAll(async () => {
  dns = await DnsServer.start();
  stack = await AdminStack.start({
    CHECKOUT_PUBLIC_URL: `https://${TARGET}`,
    HOOKS_PUBLIC_URL: 'https://hooks.platform.example',
    DNS_SERVERS: dns.address,
  });
  mainBackend = await MainBackendProcess.start(stack);
}, 90_000);
afterAll(async () => {
  await mainBackend.stop();
  await stack.stop();
  await dns.stop();
});

/** As the reverse proxy passes on what Apple asks for at the domain. */
async function askAtDomain(): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const path = '/.well-known/apple-developer-merchantid-domain-association';
    const sent = request(`${mainBackend.url}${path}`, { headers: { host: DOMAIN } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.once('error', reject).end();
  });
}

const served = (): Promise<void> => eventually(async () => expect(await askAtDomain()).toEqual({ status: 200, text: FILE }));
const notServed = (): Promise<void> => eventually(async () => expect(await askAtDomain()).toMatchObject({ status: 404 }));

it('main-backend serves the file stored here from the moment the domain is verified until it is removed', async () => {
  const { scope } = await stack.newMerchant();
  const { apiKey: key } = await stack.newKey(scope, { scopes: ['domain:*'] });
  const call = async (method: string, path: string, body?: object): Promise<AnswerBody> => {
    const answer = await stack.call(`/api/v1/domains${path}`, { method, key, body });
    expect(answer.status).toBeLessThan(300);
    return answer.body;
  };

  const { id } = await call('POST', '', { domain: DOMAIN });
  await call('PUT', `/${id}/apple-pay-association`, { content: FILE });
  await notServed();

  dns.zones.set(DOMAIN, { CNAME: TARGET });
  await call('GET', `/verify-cname?id=${id}`);
  await served();

  await call('DELETE', `/${id}/apple-pay-association`);
  await notServed();
  await call('PUT', `/${id}/apple-pay-association`, { content: FILE });
  await served();

  await call('DELETE', `/${id}`);
  await notServed();
}, 60_000);
