import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { runInContext } from '@paygate/nest-kit';
import type { AuditAction } from '../src/audit-trail/index.js';
import { Changes } from '../src/changes/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';

interface Entry {
  sequence: number;
  action: string;
  actor: { type: string; id?: string; name?: string };
  resource: { type: string; id: string };
}

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let key: string;
let foreignKey: string;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  const scopes = ['audit_log:*'];
  [{ apiKey: key }, { apiKey: foreignKey }] = await Promise.all([
    stack.newKey(shop.scope, { scopes }),
    stack.newKey(other.scope, { scopes }),
  ]);
}, 60_000);
afterAll(async () => stack.stop());

async function record(action: AuditAction, resource: { type: string; id: string; name?: string }, actor = 'user:u1'): Promise<void> {
  const changes = stack.app.get(Changes, { strict: false });
  await runInContext({ requestId: 'r', actor, actorName: '=HYPERLINK("x")' }, () =>
    changes.run((change) => change.record({ action, scope: shop.scope, resource, after: { note: 'a,"b"' } })),
  );
}

const LIST = '/api/v1/audit-log';
const entries = async (query: string, credential = key): Promise<Entry[]> => {
  const { status, body } = await stack.call(`${LIST}?${query}`, { key: credential });
  expect(status).toBe(200);
  return (body as unknown as { entries: Entry[] }).entries;
};

describe('the list', () => {
  const id = newObjectId();

  beforeAll(async () => {
    for (let index = 0; index < 7; index++) await record('client.updated', { type: 'client', id });
    await record('product.created', { type: 'product', id: 'p1' }, 'api_key:k1');
    await record('product.deleted', { type: 'product', id: 'p1' }, 'api_key:k1');
  });

  it('is newest first', async () => {
    const all = await entries('limit=100');
    expect(all.map(({ sequence }) => sequence)).toEqual([...all.map(({ sequence }) => sequence)].sort((a, b) => b - a));
    expect(all[0]).toMatchObject({
      action: 'product.deleted',
      actor: { type: 'api_key', id: 'k1' },
      resource: { type: 'product', id: 'p1' },
    });
  });

  it.each([
    ['action=client.updated', 7],
    ['resourceType=product', 2],
    [`resourceType=client&resourceId=${id}`, 7],
    ['actor=api_key:k1', 2],
    ['actor=api_key:k1&action=product.created', 1],
    ['from=2000-01-01&to=2000-01-02', 0],
    ['from=2000-01-01&resourceType=product&actor=', 2],
  ])('filters by %s', async (query, count) => expect(await entries(`${query}&limit=100`)).toHaveLength(count));

  it('is read to its end by cursors, nothing twice', async () => {
    const seen: number[] = [];
    let cursor: string | undefined = 'first';
    while (cursor !== undefined) {
      const { body } = await stack.call(`${LIST}?limit=3${cursor === 'first' ? '' : `&cursor=${cursor}`}`, { key });
      const page = body as unknown as { entries: Entry[]; nextCursor?: string; total: number };
      seen.push(...page.entries.map(({ sequence }) => sequence));
      expect(page.total).toBeGreaterThanOrEqual(9);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    expect(seen.at(-1)).toBe(1);
  });

  it.each([
    ['action=site.exploded', 'action'],
    ['actor[$ne]=x', 'actor[$ne]'],
    ['from=yesterday', 'from'],
    ['from=2026-02-02&to=2026-02-01', 'from'],
    ['cursor=abc', 'cursor'],
    ['limit=1000', 'limit'],
    ['chain=platform', 'chain'],
  ])('refuses %s', async (query, field) => expectRefusal(await stack.call(`${LIST}?${query}`, { key }), 400, 'validation_failed', field));

  it('shows another organization nothing of it', async () => {
    expect((await entries('limit=100', foreignKey)).filter(({ resource }) => resource.type === 'product')).toEqual([]);
  });
});

describe('the export', () => {
  it('is a CSV file whose cells no spreadsheet runs, and is recorded', async () => {
    const answer = await fetch(`${stack.url}${LIST}/export?resourceType=product`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="audit-log-${shop.organizationId}.csv"`);
    const lines = (await answer.text()).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^sequence,at,action,actorType,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect((await entries('action=audit_log.exported'))[0]).toMatchObject({ resource: { type: 'audit_log', id: shop.organizationId } });
  });

  it('is one JSON object per line when asked for', async () => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${stack.url}${LIST}/export?format=jsonl&actor=api_key:k1`, { headers });
    const lines = (await answer.text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Entry).action)).toEqual(['product.deleted', 'product.created']);
  });

  it('refuses another format', async () => {
    expectRefusal(await stack.call(`${LIST}/export?format=xls`, { key }), 400, 'validation_failed', 'format');
  });
});

it('says that the chain is as it was written', async () => {
  const { body } = await stack.call(`${LIST}/verify`, { key });
  expect(body).toEqual({ intact: true, entries: expect.any(Number) });
});
