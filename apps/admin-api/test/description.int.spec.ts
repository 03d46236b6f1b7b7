import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import { registeredRoutes, ROUTES } from './fixture/routes.js';

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  'x-required-scope'?: string;
  requestBody?: { content: Record<string, { schema: Schema }> };
  parameters?: { name: string; in: string; schema?: Schema }[];
  responses: Record<
    string,
    {
      description: string;
      content?: Record<string, { schema: Schema; example?: unknown; examples?: Record<string, { value: { code: string } }> }>;
    }
  >;
}
interface Schema {
  $ref?: string;
  type?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

let stack: AdminStack;
let document: Document;

beforeAll(async () => {
  stack = await AdminStack.start();
  document = (await (await fetch(`${stack.url}/api/v1/docs/openapi.json`)).json()) as Document;
}, 60_000);
afterAll(async () => stack.stop());

function operation(method: string, path: string): Operation {
  const found = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

function codesOf({ responses }: Operation): string[] {
  return Object.values(responses).flatMap(({ content }) => Object.keys(content?.['application/json']?.examples ?? {}));
}

it('every registered route is in the list that access and description tests go through', () => {
  expect(registeredRoutes(stack.app).sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

describe('the OpenAPI document', () => {
  it('has every route and nothing else', () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(
      ROUTES.map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).sort(),
    );
  });

  it.each(ROUTES)('says what $method $path needs, takes and answers', ({ method, path, scope, body }) => {
    const described = operation(method, path);
    expect(described.summary).toEqual(expect.stringMatching(/\w+ \w+/));
    expect(described.tags).toEqual(['Admin API']);
    expect(described['x-required-scope']).toBe(scope);
    expect(described.description).toContain(scope);
    expect(described.security).toHaveLength(1);

    const ok = described.responses['200']?.content?.['application/json'];
    expect(ok?.schema.$ref).toMatch(/^#\/components\/schemas\/\w+Response$/);
    expect(ok?.example).toEqual(expect.any(Object));

    const schema = described.requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1);
    expect(schema !== undefined).toBe(body !== undefined);
    const properties = schema === undefined ? {} : document.components.schemas[schema]?.properties;
    for (const name of Object.keys(body ?? {})) expect(properties?.[name]?.example).toBeDefined();
  });

  it.each(ROUTES)('lists every refusal of $method $path with its code and an example', ({ method, path, body }) => {
    const described = operation(method, path);
    const expected: ErrorCode[] = [
      'api_key_missing',
      'api_key_malformed',
      'api_key_invalid',
      'api_key_revoked',
      'api_key_expired',
      'api_key_ip_not_allowed',
      'organization_header_not_allowed',
      'insufficient_scope',
      'organization_suspended',
      'validation_failed',
      'internal_error',
      'service_unavailable',
      'upstream_timeout',
      ...(body ? (['malformed_json', 'payload_too_large', 'unsupported_media_type'] as const) : []),
      ...(path.endsWith('/create')
        ? (['site_not_found', 'site_inactive', 'items_sum_mismatch', 'idempotency_key_reused', 'request_in_progress'] as const)
        : []),
      ...(path.endsWith(':checkoutId') ? (['checkout_not_found'] as const) : []),
      ...(path.endsWith(':id') ? (['transaction_not_found'] as const) : []),
      ...(path.endsWith(':deliveryId') ? (['delivery_not_found'] as const) : []),
    ];
    expect(codesOf(described).sort()).toEqual([...expected].sort());
    for (const code of expected) {
      const content = described.responses[String(ERRORS[code].status)]?.content?.['application/json'];
      expect(content?.schema.$ref).toBe('#/components/schemas/ErrorBody');
      expect(content?.examples?.[code]?.value.code).toBe(code);
    }
  });

  it('describes every documented filter of the transaction list', () => {
    const names = operation('GET', '/api/v1/transactions').parameters?.map(({ name }) => name);
    const documented = ['status', 'currency', 'from', 'to', 'siteId', 'providerId', 'clientId', 'page', 'limit'];
    expect(names?.sort()).toEqual([...documented, 'cursor', 'checkoutId', 'externalReference'].sort());
  });

  it('is there for the Admin API alone, and as a page', async () => {
    const admin = (await (await fetch(`${stack.url}/api/v1/docs/admin.json`)).json()) as Document;
    expect(Object.keys(admin.paths)).toEqual(Object.keys(document.paths));
    const page = await fetch(`${stack.url}/api/v1/docs/index.html`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('README.md', () => {
  const root = new URL('../', import.meta.url);
  const rows = [
    ...readFileSync(new URL('README.md', root), 'utf8').matchAll(/^\| `([A-Z]+ \/api\/\S+)` +\| `([^`]+)` +\| `([^`]+)` +\|/gm),
  ];

  it('leads from every address to its folder', () => {
    expect(rows.map(([, address]) => address).sort()).toEqual(registeredRoutes(stack.app).sort());
  });

  it('names folders and files that exist, the folder being the first part of the address', () => {
    for (const [, address = '', folder = '', file = ''] of rows) {
      expect(folder).toBe(`src/${address.split('/')[3] ?? ''}`);
      expect(existsSync(new URL(`${folder}/${file}`, root))).toBe(true);
    }
  });
});
