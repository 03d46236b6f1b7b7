import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { freePort, IpnReceiver } from '@paygate/testing';
import type { Reply } from '@paygate/testing';
import { JsonApi, wasNotSent } from './json-api.js';
import { ProviderHttp } from './provider-http.js';

describe('JsonApi', () => {
  const api = new JsonApi(new ProviderHttp({ allowPrivateTargets: true }), 2_000);
  const headers = { authorization: 'Bearer secret' };
  let server: IpnReceiver;

  beforeAll(async () => {
    server = await IpnReceiver.start();
  });
  afterAll(async () => server.stop());

  const thrownBy = async (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined).catch((error: unknown) => error);

  it.each<[string, Reply, object]>([
    ['JSON', { status: 201, body: '{"a":1}' }, { status: 201, body: { a: 1 } }],
    ['no JSON', { status: 404, body: '<html>' }, { status: 404, body: undefined }],
  ])('gives back %s with its status', async (_what, reply, answer) => {
    server.reply(reply);
    expect(await api.request(server.url, { method: 'GET', headers })).toEqual(answer);
  });

  it.each<[string, Reply]>([
    ['429', { status: 429 }],
    ['500', { status: 500, body: '{}' }],
    ['503', { status: 503 }],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }],
  ])('%s leaves the outcome open', async (_what, reply) => {
    server.reply(reply);
    const error = await thrownBy(api.request(server.url, { method: 'POST', headers, body: {} }));
    expect(error).toMatchObject({ code: 'provider_error' });
    expect(wasNotSent(error)).toBe(false);
    expect(JSON.stringify([String(error), (error as DomainError).toWire()])).not.toContain('secret');
  });

  it('nobody at home leaves the outcome open, too', async () => {
    const error = await thrownBy(api.request(`http://127.0.0.1:${await freePort()}`, { method: 'GET', headers }));
    expect([error, wasNotSent(error)]).toEqual([expect.objectContaining({ code: 'provider_error' }), false]);
  });

  it('knows that nothing was sent to an address that may not be used', async () => {
    const guarded = new JsonApi(new ProviderHttp({ allowPrivateTargets: false }), 2_000);
    expect(wasNotSent(await thrownBy(guarded.request(server.url, { method: 'GET', headers })))).toBe(true);
  });

  it('sends JSON as JSON', async () => {
    server.reply({ body: '{}' });
    server.requests.length = 0;
    await api.request(server.url, { method: 'POST', headers, body: { a: [1] } });
    expect(server.requests[0]?.headers).toMatchObject({ ...headers, 'content-type': 'application/json', accept: 'application/json' });
    expect(server.requests[0]?.rawBody.toString()).toBe('{"a":[1]}');
  });
});
