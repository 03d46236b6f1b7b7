import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createService, setupOpenApi, startService } from '../src/index.js';
import { ThingsModule } from './fixtures/things.js';
import { testConfig } from './support/test-config.js';

const REFUSALS = ['api_key_missing', 'api_key_invalid', 'insufficient_scope'] as const;

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  app = await createService({
    name: 'things',
    module: ThingsModule,
    config: testConfig(),
    configure: (service) =>
      setupOpenApi(service, {
        title: 'Things & more',
        description: 'About things.',
        path: 'api/v1/docs',
        documents: { things: 'Things' },
        securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
        describeAccess: (method, path) =>
          `${method} ${path}` === 'POST /api/things'
            ? { schemes: ['apiKey'], scope: 'checkout:create', note: 'Needs the scope `checkout:create`.', errors: REFUSALS }
            : undefined,
      }),
  });
  await startService(app);
  url = `${await app.getUrl()}/api/v1/docs`;
});
afterAll(() => app.close());

const get = (path: string) => fetch(url + path, { redirect: 'manual' });
const json = async (path: string) => (await (await get(path)).json()) as OpenAPIObject;

describe('the page', () => {
  it.each(['', '/'])('the address%s leads to it', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/api/v1/docs/index.html');
  });

  it('loads only files that are there and that its own policy allows', async () => {
    const answer = await get('/index.html');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
    const page = await answer.text();
    expect(page).toContain('<title>Things &amp; more</title>');
    expect(page).not.toMatch(/<script>|<style>|\son\w+=/);
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file);
    expect(files).toHaveLength(6);
    for (const file of files) {
      const loaded = await get(`/${file}`);
      expect({ file, status: loaded.status }).toEqual({ file, status: 200 });
      await loaded.arrayBuffer();
    }
    expect(await (await get('/start.js')).text()).toContain(
      '[{"name":"openapi","url":"openapi.json"},{"name":"things","url":"things.json"}]',
    );
  });

  it.each(['/assets/package.json', '/assets/swagger-ui.js.map', '/assets/', '/assets/..%2fpackage.json', '/other.json'])(
    'does not serve %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'route_not_found' });
    },
  );
});

/** One operation as the document gives it; a test may look into anything. */
interface Operation {
  description?: string;
  security?: unknown;
  'x-required-scope'?: string;
  responses: Record<string, { content?: { 'application/json': { schema: unknown; examples: Record<string, { value: unknown }> } } }>;
}

async function operation(path: string, method: 'get' | 'post'): Promise<Operation> {
  const found = (await json('/openapi.json')).paths[path]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not in the document`);
  return found as Operation;
}

describe('the document', () => {
  it('has every operation with scope, security and errors with examples', async () => {
    const { info, components } = await json('/openapi.json');
    expect(info).toMatchObject({ title: 'Things & more', version: expect.any(String) });
    expect(components?.securitySchemes).toMatchObject({ apiKey: { type: 'http', scheme: 'bearer' } });

    const create = await operation('/api/things', 'post');
    expect(create['x-required-scope']).toBe('checkout:create');
    expect(create).not.toHaveProperty('x-error-codes');
    expect(create.description).toContain('Needs the scope `checkout:create`.');
    expect(create.security).toEqual([{ apiKey: [] }]);
    const codes = Object.entries(create.responses)
      .filter(([status]) => Number(status) >= 400)
      .map(([status, { content }]) => [status, Object.keys(content?.['application/json'].examples ?? {}).sort()]);
    expect(Object.fromEntries(codes)).toEqual({
      400: ['items_sum_mismatch', 'malformed_json', 'validation_failed'],
      401: ['api_key_invalid', 'api_key_missing'],
      403: ['insufficient_scope'],
      404: ['site_not_found'],
      413: ['payload_too_large'],
      415: ['unsupported_media_type'],
      500: ['internal_error'],
    });
    const denied = create.responses['403']?.content?.['application/json'];
    expect(denied?.schema).toEqual({ $ref: '#/components/schemas/ErrorBody' });
    expect(denied?.examples['insufficient_scope']?.value).toMatchObject({
      code: 'insufficient_scope',
      details: { required: 'checkout:create' },
    });
  });

  it('every reference in it leads somewhere', async () => {
    const document = await json('/openapi.json');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(references).toContain('CreateThingDto');
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(expect.arrayContaining([...new Set(references)]));
  });

  it('a public operation asks for nothing', async () => {
    const open = await operation('/api/things/open/{id}', 'get');
    expect(open).not.toHaveProperty('security');
    expect(open.responses).not.toHaveProperty('401');
  });

  it('a named document holds one tag', async () => {
    expect(Object.keys((await json('/openapi.json')).paths)).toContain('/hooks/{provider}');
    const things = Object.keys((await json('/things.json')).paths);
    expect(things).toContain('/api/things');
    expect(things).not.toContain('/hooks/{provider}');
  });
});
