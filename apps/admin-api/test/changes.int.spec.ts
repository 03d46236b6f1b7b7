import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newObjectId, TenantScope } from '@paygate/kernel';
import { runInContext } from '@paygate/nest-kit';
import { requestHash } from '@paygate/data-kit';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { AuditTrailRepository, chainOf, RecordUnconfirmed, VerifyChain } from '../src/audit-trail/index.js';
import type { AuditEntry } from '../src/audit-trail/index.js';
import { Changes } from '../src/changes/index.js';
import { AdminStack } from './fixture/admin-stack.js';

let stack: AdminStack;
let changes: Changes;
let trail: AuditTrailRepository;
let verify: VerifyChain;
let database: Connection;

beforeAll(async () => {
  stack = await AdminStack.start();
  const get = <T>(type: new (...args: never[]) => T): T => stack.app.get(type, { strict: false });
  [changes, trail, verify] = [get(Changes), get(AuditTrailRepository), get(VerifyChain)];
  database = stack.app.get<Connection>(getConnectionToken(), { strict: false });
}, 60_000);
afterAll(async () => stack.stop());

const newScope = (): TenantScope => TenantScope.of(newObjectId(), true);
const resource = { type: 'site', id: 's1', name: 'Shop' };
const add = (scope: TenantScope, after: object = { name: 'Shop' }): Promise<void> =>
  changes.run((change) => change.record({ action: 'site.created', scope, resource, after }));

async function entriesOf(scope: TenantScope): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of trail.walk(chainOf(scope))) entries.push(entry);
  return entries;
}

describe('a change', () => {
  it('tells who, what, when and from where, without secrets', async () => {
    const scope = newScope();
    const context = { requestId: 'r-1', actor: 'user:u1', actorName: 'Ada', address: '203.0.113.7', userAgent: 'curl/8' };
    await runInContext(context, () => add(scope, { name: 'Shop', webhookSecret: 'whsec_x' }));
    expect(await entriesOf(scope)).toEqual([
      expect.objectContaining({
        sequence: 1,
        action: 'site.created',
        actor: 'user:u1',
        actorName: 'Ada',
        resource,
        changes: [
          { field: 'name', after: 'Shop' },
          { field: 'webhookSecret', after: '•••' },
        ],
        address: '203.0.113.7',
        userAgent: 'curl/8',
        requestId: 'r-1',
        at: expect.any(Date),
      }),
    ]);
  });

  it('that fails leaves no entry and takes no place in the chain', async () => {
    const scope = newScope();
    const failing = changes.run(async (change) => {
      await change.record({ action: 'site.created', scope, resource });
      throw new Error('the write failed');
    });
    await expect(failing).rejects.toThrow('the write failed');
    await add(scope);
    expect((await entriesOf(scope)).map(({ sequence }) => sequence)).toEqual([1]);
    expect(await verify.execute(scope)).toEqual({ intact: true, entries: 1 });
  });

  it('of many at once makes one chain without gaps', async () => {
    const scope = newScope();
    await Promise.all(Array.from({ length: 20 }, () => add(scope)));
    expect((await entriesOf(scope)).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await verify.execute(scope)).toEqual({ intact: true, entries: 20 });
  });

  it('is made once per Idempotency-Key, and the answer with its secret is kept encrypted', async () => {
    const scope = newScope();
    const claim = { key: 'k-1', requestHash: requestHash({ name: 'Shop' }) };
    let runs = 0;
    const once = (hash = claim.requestHash): Promise<{ secret: string; run: number }> =>
      changes.once(scope, 'site.create', { ...claim, requestHash: hash }, async (change) => {
        await change.record({ action: 'site.created', scope, resource });
        return { secret: 'whsec_only-once', run: ++runs };
      });
    const [first, second] = await Promise.all([once(), once()]);
    expect(second).toEqual(first);
    expect(await once()).toEqual(first);
    expect(await entriesOf(scope)).toHaveLength(1);
    await expect(once(requestHash({ name: 'Other' }))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const stored = await database.collection('idempotency_keys').find({}).toArray();
    expect(JSON.stringify(stored)).not.toContain('whsec_only-once');
  });
});

describe('what another service is asked to do', () => {
  const actor = { requestId: 'r-9', actor: 'user:u9', actorName: 'Grace', address: '203.0.113.9', userAgent: 'curl/8' };
  const done = { action: 'transaction.cancelled', resource: { type: 'transaction', id: 't1' } } as const;
  const openDeeds = () => database.collection<{ _id: string; chain: string; at: Date }>('open_deeds');
  const stillOpen = (scope: TenantScope): Promise<number> => openDeeds().countDocuments({ chain: chainOf(scope) });
  const ask = (scope: TenantScope, answer: () => Promise<object>, happened = true): Promise<object> =>
    runInContext(actor, () =>
      changes.elsewhere({ intent: { ...done, scope }, ask: answer, deed: (after) => (happened ? { ...done, scope, after } : undefined) }),
    );
  /** As when ten minutes have passed. */
  async function later(scope: TenantScope): Promise<void> {
    await openDeeds().updateMany({ chain: chainOf(scope) }, { $set: { at: new Date(Date.now() - 11 * 60_000) } });
    await stack.app.get(RecordUnconfirmed, { strict: false }).execute();
  }
  const failing = (error: Error) => () => Promise.reject(error);

  it('is noted before, and told with the answer', async () => {
    const scope = newScope();
    let openMeanwhile = 0;
    await ask(scope, async () => {
      openMeanwhile = await stillOpen(scope);
      return { status: 'cancelled' };
    });
    expect(openMeanwhile).toBe(1);
    await later(scope);
    expect(await stillOpen(scope)).toBe(0);
    expect(await entriesOf(scope)).toEqual([expect.objectContaining({ ...done, changes: [{ field: 'status', after: 'cancelled' }] })]);
  });

  it.each<[string, Error]>([
    ['without an answer', new DomainError('upstream_timeout')],
    ['that failed somewhere', new DomainError('internal_error')],
    ['when the connection breaks', new Error('connection closed')],
  ])('%s is told as unconfirmed, with who asked for it', async (_name, error) => {
    const scope = newScope();
    await expect(ask(scope, failing(error))).rejects.toBe(error);
    await stack.app.get(RecordUnconfirmed, { strict: false }).execute();
    expect(await entriesOf(scope)).toEqual([]);
    await Promise.all([later(scope), later(scope)]);
    const { requestId, actor: who, actorName, address, userAgent } = actor;
    expect(await entriesOf(scope)).toEqual([
      expect.objectContaining({
        ...{ ...done, actor: who, actorName, address, userAgent, requestId },
        changes: [{ field: 'outcome', after: 'unconfirmed' }],
      }),
    ]);
    expect(await verify.execute(scope)).toEqual({ intact: true, entries: 1 });
  });

  it.each(['transaction_not_found', 'service_unavailable'] as const)('and refused with %s leaves nothing', async (code) => {
    const scope = newScope();
    await expect(ask(scope, failing(new DomainError(code)))).rejects.toMatchObject({ code });
    expect(await stillOpen(scope)).toBe(0);
    expect(await entriesOf(scope)).toEqual([]);
  });

  it('and was done before is not told again', async () => {
    const scope = newScope();
    await ask(scope, () => Promise.resolve({}), false);
    expect(await stillOpen(scope)).toBe(0);
    expect(await entriesOf(scope)).toEqual([]);
  });
});

describe('the chain shows', () => {
  type Raw = Record<string, unknown> & { _id: string };
  const raw = () => database.collection<Raw>('audit_entries');
  const idOf = (scope: TenantScope, sequence: number): string => `${scope.organizationId}:${String(sequence)}`;

  async function written(): Promise<TenantScope> {
    const scope = newScope();
    for (let index = 1; index <= 5; index++) await add(scope, { index });
    return scope;
  }

  it.each<[string, (scope: TenantScope) => Promise<unknown>, { sequence: number; kind: string }]>([
    ['a changed value', (scope) => raw().updateOne({ _id: idOf(scope, 3) }, { $set: { changes: [] } }), { sequence: 3, kind: 'altered' }],
    ['another actor', (scope) => raw().updateOne({ _id: idOf(scope, 2) }, { $set: { actor: 'user:x' } }), { sequence: 2, kind: 'altered' }],
    ['another time', (scope) => raw().updateOne({ _id: idOf(scope, 1) }, { $set: { at: new Date(0) } }), { sequence: 1, kind: 'altered' }],
    ['a removed entry', (scope) => raw().deleteOne({ _id: idOf(scope, 2) }), { sequence: 2, kind: 'broken_link' }],
    ['a missing beginning', (scope) => raw().deleteOne({ _id: idOf(scope, 1) }), { sequence: 1, kind: 'broken_link' }],
    ['a missing end', (scope) => raw().deleteOne({ _id: idOf(scope, 5) }), { sequence: 5, kind: 'cut_off' }],
    [
      'a hash written by somebody without the key',
      (scope) => raw().updateOne({ _id: idOf(scope, 5) }, { $set: { actor: 'user:x', hash: `k1.${'A'.repeat(43)}` } }),
      { sequence: 5, kind: 'altered' },
    ],
    [
      'an entry put in the place of another',
      async (scope) => {
        const { _id, sequence, ...fourth } = (await raw().findOne({ _id: idOf(scope, 4) })) ?? { _id: '', sequence: 0 };
        await raw().updateOne({ _id: idOf(scope, 3) }, { $set: fourth });
        return [_id, sequence];
      },
      { sequence: 3, kind: 'broken_link' },
    ],
  ])('%s', async (_name, tamper, problem) => {
    const scope = await written();
    expect(await verify.execute(scope)).toEqual({ intact: true, entries: 5 });
    await tamper(scope);
    expect(await verify.execute(scope)).toEqual({ intact: false, entries: problem.sequence - 1, problem });
  });
});
