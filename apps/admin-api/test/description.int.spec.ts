import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { ACCESS_TABLE, describeAccess } from '../src/access/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { registeredRoutes } from './fixture/routes.js';

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
  allOf?: unknown;
  description?: string;
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

/** Routes of pages and files are no part of the API description. */
const API_ROWS = ACCESS_TABLE.filter(({ route }) => route.includes(' /api/')).map((row) => {
  const [method = '', path = ''] = row.route.split(' ');
  return { ...row, method, path };
});

const isMerchant = (path: string): boolean => path.startsWith('/api/organization/');

it('every registered route stands in the access table, and every row of it is a route', () => {
  expect(registeredRoutes(stack.app).sort()).toEqual(ACCESS_TABLE.map(({ route }) => route as string).sort());
});

describe('the OpenAPI document', () => {
  it('has every route and nothing else', () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.sort()).toEqual(API_ROWS.map(({ route }) => route as string).sort());
  });

  it.each(API_ROWS)('says what $route needs, takes and answers', ({ method, path, ...row }) => {
    const described = operation(method, path);
    expect(described.summary).toEqual(expect.stringMatching(/\w+ \w+/));
    expect(described.tags).toEqual([isMerchant(path) ? 'Merchant API' : 'Admin API']);
    expect(described['x-required-scope']).toBe('scope' in row ? row.scope : undefined);
    const isForPeople = row.for === 'user' || (row.for === 'organization' && row.session === true);
    const schemes = row.for === 'anyone' ? undefined : isForPeople ? [{ accessToken: [] }] : [{ apiKey: [] }, { accessToken: [] }];
    expect(described.security).toEqual(schemes);

    const successes = Object.entries(described.responses).filter(([status]) => status.startsWith('2'));
    expect(successes).toHaveLength(1);
    for (const [status, { content }] of successes) {
      const json = content?.['application/json'];
      // A file, or an answer without a body, says so in words.
      if (status === '204' || !json) expect(described.description).toBeTruthy();
      else {
        expect(json.schema.$ref).toMatch(/^#\/components\/schemas\/\w+Response$/);
        expect(json.example).toEqual(expect.any(Object));
      }
    }
  });

  it.each(API_ROWS)('gives every field of the body of $route an example or a description', ({ method, path }) => {
    const reference = operation(method, path).requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1);
    const properties = reference === undefined ? {} : document.components.schemas[reference]?.properties;
    for (const [name, schema] of Object.entries(properties ?? {})) {
      expect([name, schema.example ?? schema.description ?? schema.$ref ?? schema.allOf]).not.toEqual([name, undefined]);
    }
  });

  it.each(API_ROWS)('lists the refusals of $route with their codes and examples', ({ method, path }) => {
    const described = operation(method, path);
    const takesBody = described.requestBody !== undefined;
    const expected: ErrorCode[] = [
      ...(describeAccess(method, path)?.errors ?? []),
      ...(takesBody ? (['malformed_json', 'payload_too_large', 'unsupported_media_type', 'validation_failed'] as const) : []),
      'internal_error',
    ];
    expect(codesOf(described)).toEqual(expect.arrayContaining(expected));
    for (const code of expected) {
      const content = described.responses[String(ERRORS[code].status)]?.content?.['application/json'];
      expect(content?.schema.$ref).toBe(`#/components/schemas/${isMerchant(path) ? 'MerchantErrorBody' : 'ErrorBody'}`);
      expect(content?.examples?.[code]?.value.code).toBe(code);
    }
  });

  it.each<[string, string, ErrorCode[]]>([
    [
      'POST',
      '/api/v1/checkouts/:siteId/create',
      ['site_not_found', 'site_inactive', 'items_sum_mismatch', 'idempotency_key_reused', 'request_in_progress', 'upstream_timeout'],
    ],
    ['GET', '/api/v1/checkouts/:checkoutId', ['checkout_not_found', 'service_unavailable']],
    ['GET', '/api/v1/transactions/:id', ['transaction_not_found']],
    ['GET', '/api/v1/ipn-deliveries/:deliveryId', ['delivery_not_found']],
  ])('lists what only %s %s refuses with', (method, path, codes) => {
    expect(codesOf(operation(method, path))).toEqual(expect.arrayContaining(codes));
  });

  it('describes every documented filter of the transaction list', () => {
    const names = operation('GET', '/api/v1/transactions').parameters?.map(({ name }) => name);
    const documented = ['status', 'currency', 'from', 'to', 'siteId', 'providerId', 'clientId', 'page', 'limit'];
    expect(names?.sort()).toEqual([...documented, 'cursor', 'checkoutId', 'externalReference'].sort());
  });

  it('is there for each API alone, and as a page', async () => {
    const [admin, merchant] = await Promise.all(
      ['admin', 'merchant'].map(async (name) => (await (await fetch(`${stack.url}/api/v1/docs/${name}.json`)).json()) as Document),
    );
    const paths = Object.keys(document.paths);
    expect(Object.keys(admin?.paths ?? {})).toEqual(paths.filter((path) => !isMerchant(path)));
    expect(Object.keys(merchant?.paths ?? {})).toEqual(paths.filter(isMerchant));
    const page = await fetch(`${stack.url}/api/v1/docs/index.html`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('README.md', () => {
  const root = new URL('../', import.meta.url);
  const rows = [...readFileSync(new URL('README.md', root), 'utf8').matchAll(/^\| `([A-Z]+ \/\S+)` +\| `([^`]+)` +\| `([^`]+)` +\|/gm)];

  it('leads from every address to its folder', () => {
    expect(rows.map(([, address]) => address).sort()).toEqual(registeredRoutes(stack.app).sort());
  });

  it('names folders and files that exist, the folder being a part of the address, or two of them', () => {
    for (const [, address = '', folder = '', file = ''] of rows) {
      const parts = address.split('/').filter((part) => part !== '' && !part.startsWith(':'));
      // `settings/tax` is in tax-settings, `tax/records` in tax-records.
      const pairs = parts.flatMap((part, index) => [`${part}-${parts[index - 1]}`, `${parts[index - 1]}-${part}`]);
      const names = [...parts.flatMap((part) => [part, `system-${part}`]), ...pairs];
      // A page has its folder named after what it is.
      if (address.includes(' /api/'))
        expect([address, names]).toEqual([address, expect.arrayContaining([folder.replace(/^src\/(surfaces\/\w+\/)?/, '')])]);
      expect([address, existsSync(new URL(`${folder}/${file}`, root))]).toEqual([address, true]);
    }
  });
});
