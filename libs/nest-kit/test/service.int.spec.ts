import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { json as consumeJson } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, HealthRegistry, ServiceLifecycle, startService } from '../src/index.js';
import { ThingsModule } from './fixtures/things.js';
import { testConfig } from './support/test-config.js';

const TOKEN = 'internal-token-of-16+';
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const BODY_LIMIT = 2_000;

let app: NestFastifyApplication;
let url: string;
let databaseUp = true;

beforeAll(async () => {
  app = await createService({
    name: 'things',
    module: ThingsModule,
    config: testConfig({ INTERNAL_HEALTH_TOKEN: TOKEN }),
    bodyLimitBytes: BODY_LIMIT,
    presenters: [
      { match: (path) => path.startsWith('/panel'), present: ({ code, status }) => ({ success: false, error: { code, status } }) },
      { match: (path) => path.startsWith('/checkout'), present: ({ message }) => `<h1>${message}</h1>` },
    ],
  });
  app
    .get(HealthRegistry)
    .register('mongodb', () => (databaseUp ? Promise.resolve() : Promise.reject(new Error('no primary'))), { critical: true });
  await startService(app);
  url = await app.getUrl();
});
afterAll(() => app.close());

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

async function send(method: string, path: string, o: { body?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  const answer = await fetch(url + path, { method, redirect: 'manual', ...o });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: answer.status, headers: answer.headers, text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
const post = (body: string, headers: Record<string, string> = {}) =>
  send('POST', '/api/things', { body, headers: { 'content-type': 'application/json', 'x-scopes': 'checkout:create', ...headers } });

/** Everything an outsider at a public address would send, through the trusted proxy on this machine. */
const OUTSIDE = { 'x-forwarded-for': '203.0.113.9' };

describe('error answers', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  it.each([
    ['an unknown address', 'GET', '/nope?hunter2', {}, 404, 'route_not_found'],
    ['an unknown method', 'DELETE', '/api/things', {}, 404, 'route_not_found'],
    ['an address that cannot be decoded', 'GET', '/api/%ff', {}, 404, 'route_not_found'],
    ['an endless path parameter', 'GET', `/api/things/open/${'x'.repeat(300)}`, {}, 404, 'route_not_found'],
    ['broken JSON', 'POST', '/api/things', { body: '{', headers: JSON_TYPE }, 400, 'malformed_json'],
    ['an empty JSON body', 'POST', '/api/things', { body: '', headers: JSON_TYPE }, 400, 'malformed_json'],
    ['a prototype key', 'POST', '/api/things', { body: '{"__proto__":{"x":1}}', headers: JSON_TYPE }, 400, 'malformed_json'],
    ['a body over the limit', 'POST', '/api/things', { body: `"${'x'.repeat(BODY_LIMIT)}"`, headers: JSON_TYPE }, 413, 'payload_too_large'],
    ['text', 'POST', '/api/things', { body: 'x', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    [
      'a form',
      'POST',
      '/api/things',
      { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
    ],
    ['nobody authenticated', 'GET', '/api/things', {}, 401, 'api_key_missing'],
    ['a domain error', 'GET', '/api/things/failing/domain', {}, 404, 'checkout_not_found'],
    ['a service that is away', 'GET', '/api/things/failing/upstream', {}, 503, 'service_unavailable'],
    ['a bug', 'GET', '/api/things/failing/bug', {}, 500, 'internal_error'],
  ])('%s', async (_what, method, path, o, status, code) => {
    const answer = await send(method, path, o);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: answer.body['message'],
      code,
      message: expect.any(String),
      requestId: answer.headers.get('x-request-id'),
    });
    expect(answer.body['requestId']).toMatch(REQUEST_ID);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    for (const secret of ['hunter2', 'no reply']) expect(answer.text).not.toContain(secret);
  });

  it('names the wrong fields of a body', async () => {
    const answer = await post('{"amount":1.5,"parts":[{"name":"a"},{"name":{"$gt":""}}],"colour":"red"}');
    expect(answer.status).toBe(400);
    const fields = (answer.body['details'] as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['amount', 'colour', 'parts[1].name']);
  });

  it.each(['limit=101', 'page=0', 'cursor=a&cursor=b', 'unknown=1', '__proto__=a&__proto__=b&limit=101', 'colour[$ne]=1'])(
    'refuses the query %s',
    async (query) => {
      const answer = await send('GET', `/api/things?${query}`, { headers: { 'x-scopes': '*' } });
      expect(answer.body).toMatchObject({ code: 'validation_failed', details: [{ field: expect.any(String) }] });
    },
  );

  it('each surface has its own body', async () => {
    const panel = await send('GET', '/panel/x');
    expect(panel.body).toEqual({ success: false, error: { code: 'route_not_found', status: 404 } });
    const page = await send('GET', '/checkout/x');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toBe('<h1>There is no such address.</h1>');
  });
});

describe('requests', () => {
  it('validates, transforms and knows the context after the body was read', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await post('{"amount":4900.0,"note":"","parts":[{"name":"a"}]}', { 'x-request-id': 'shop:1', traceparent });
    expect(answer.body).toEqual({
      amount: 4900,
      parts: [{ name: 'a' }],
      context: { requestId: 'shop:1', traceparent, address: '127.0.0.1', userAgent: expect.any(String) },
    });
  });

  it('knows the context also when the body comes after the headers', async () => {
    const headers = { 'content-type': 'application/json', 'x-scopes': '*', 'x-request-id': 'late-body', expect: '100-continue' };
    const sent = request(`${url}/api/things`, { method: 'POST', headers });
    sent.once('continue', () => sent.end('{"amount":1}'));
    sent.flushHeaders();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(await consumeJson(answer)).toMatchObject({ amount: 1, context: { requestId: 'late-body' } });
  });

  it.each([
    ['kept', 'order-1.a:b_c', true],
    ['replaced', 'a b', false],
    ['replaced', 'x'.repeat(129), false],
  ])('the request id is %s: %s', async (_what, id, kept) => {
    const answer = await send('GET', '/api/things/open/1', { headers: { 'x-request-id': id } });
    expect(answer.headers.get('x-request-id') === id).toBe(kept);
    expect(answer.headers.get('x-request-id')).toMatch(REQUEST_ID);
    expect(answer.body['context']).toMatchObject({ requestId: answer.headers.get('x-request-id') });
  });

  it('contexts of requests at the same time stay apart', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`);
    const answers = await Promise.all(ids.map((id) => post('{"amount":1}', { 'x-request-id': id })));
    expect(answers.map(({ body }) => (body['context'] as { requestId: string }).requestId)).toEqual(ids);
  });

  it('carries security headers, and lets nothing be cached', async () => {
    const { headers } = await send('GET', '/api/things/open/1');
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('the config can be injected by its own class and by its base', async () => {
    expect((await send('GET', '/api/things/open/7')).body).toMatchObject({ id: '7', sameConfig: true });
  });

  it.each([
    ['application/json', '{ "a" : 1 }', { a: 1 }],
    ['application/json', '{"note":"\\u00fc \\/ ü"}', { note: 'ü / ü' }],
  ])('keeps the raw bytes of %s under /hooks', async (type, body, parsed) => {
    const answer = await send('POST', '/hooks/stripe', { body, headers: { 'content-type': type } });
    expect(answer.body).toEqual({ raw: body, body: parsed });
  });

  it('limits bodies under /hooks too', async () => {
    const body = JSON.stringify('x'.repeat(BODY_LIMIT));
    expect((await send('POST', '/hooks/stripe', { body, headers: { 'content-type': 'application/json' } })).status).toBe(413);
  });
});

describe('operations', () => {
  const authorized = { authorization: `Bearer ${TOKEN}` };

  it('GET /health says ok to everybody', async () => {
    expect(await send('GET', '/health', { headers: OUTSIDE })).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it.each(['/internal/health', '/metrics'])('%s does not exist for the outside and needs the token inside', async (path) => {
    expect(await send('GET', path, { headers: { ...OUTSIDE, ...authorized } })).toMatchObject({
      status: 404,
      body: { code: 'route_not_found' },
    });
    expect(await send('GET', path, { headers: { 'x-forwarded-for': 'garbage', ...authorized } })).toMatchObject({ status: 404 });
    expect(await send('GET', path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await send('GET', path, { headers: { authorization: 'Bearer wrong' } })).toMatchObject({ status: 403 });
    expect((await send('GET', path, { headers: authorized })).status).toBe(200);
  });

  it('GET /internal/health reports each dependency', async () => {
    const check = { status: 'up', latencyMs: expect.any(Number), critical: true };
    expect((await send('GET', '/internal/health', { headers: authorized })).body).toEqual({
      status: 'ok',
      service: 'things',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptimeSeconds: expect.any(Number),
      checks: { mongodb: check },
    });
    databaseUp = false;
    const down = await send('GET', '/internal/health', { headers: authorized });
    databaseUp = true;
    expect(down.status).toBe(503);
    expect(down.body).toMatchObject({ status: 'unavailable', checks: { mongodb: { ...check, status: 'down', error: 'no primary' } } });
  });

  it('GET /metrics counts requests by route pattern, never by address', async () => {
    await send('GET', '/api/things/open/12345');
    await send('GET', '/some/unknown/address');
    const { text } = await send('GET', '/metrics', { headers: authorized });
    expect(text).toContain('http_request_duration_seconds_count{service="things",method="GET",route="/api/things/open/:id",status="200"}');
    expect(text).toContain('route="unmatched",status="404"');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('12345');
    expect(text).not.toContain('some/unknown');
  });

  it('counts a request the client gave up', async () => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.write('POST /api/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{', () =>
        resolve(),
      );
    });
    const deadline = Date.now() + 5_000;
    let text = '';
    while (!text.includes('status="499"') && Date.now() < deadline) {
      socket.destroy();
      ({ text } = await send('GET', '/metrics', { headers: authorized }));
    }
    expect(text).toContain('route="/api/things",status="499"');
  });

  it('answers 503 to health checks and keeps no connection open while stopping', async () => {
    const lifecycle = app.get(ServiceLifecycle);
    expect(lifecycle.draining).toBe(false);
    lifecycle.beginDraining();
    const health = await send('GET', '/health');
    expect(health.status).toBe(503);
    expect(health.headers.get('connection')).toBe('close');
    expect((await send('GET', '/internal/health', { headers: authorized })).body).toMatchObject({ status: 'stopping' });
    expect((await send('GET', '/api/things/open/1')).status).toBe(200);
  });
});
