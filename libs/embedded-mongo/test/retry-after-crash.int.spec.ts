import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Binary, Long } from 'bson';
import type { EncodableDoc } from '../src/bson/encode.js';
import type { Doc } from '../src/bson/value.js';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';
import { temporaryDirectory } from './temporary-directory.js';
import { WireClient } from './wire-client.js';

/** Server and client before and after a crash. The crash is a copy of the journal as it was when the write was acknowledged. */
interface Running {
  readonly server: EmbeddedMongo;
  readonly client: WireClient;
}

async function start(dir: string): Promise<Running> {
  const server = await startEmbeddedMongo({ dir });
  return { server, client: await WireClient.connect(server.port) };
}

async function stop({ server, client }: Running): Promise<void> {
  client.close();
  await server.stop();
}

const session = (n: number): Doc => ({ id: new Binary(Buffer.alloc(16, n), Binary.SUBTYPE_UUID) });
const numbered = (lsid: Doc, n: number): EncodableDoc => ({ lsid, txnNumber: Long.fromNumber(n), $db: 'shop' });

describe('a client that repeats a write after a crash', () => {
  let first: ReturnType<typeof temporaryDirectory>;
  let second: ReturnType<typeof temporaryDirectory>;
  let before: Running;

  beforeEach(async () => {
    first = temporaryDirectory();
    second = temporaryDirectory();
    before = await start(first.path);
    await before.client.send({ insert: 'stock', documents: [{ _id: 1, n: 10 }], $db: 'shop' });
  });

  afterEach(async () => {
    await stop(before);
    first.remove();
    second.remove();
  });

  async function afterCrash(): Promise<Running> {
    copyFileSync(join(first.path, 'journal.wal'), join(second.path, 'journal.wal'));
    return start(second.path);
  }

  async function stockIn({ client }: Running): Promise<unknown> {
    const reply = await client.send({ find: 'stock', filter: {}, $db: 'shop' });
    return (reply['cursor'] as Doc)['firstBatch'];
  }

  it.each<[string, EncodableDoc, unknown]>([
    ['update', { update: 'stock', updates: [{ q: { _id: 1 }, u: { $inc: { n: -1 } } }] }, [{ _id: 1, n: 9 }]],
    ['findAndModify', { findAndModify: 'stock', query: { _id: 1 }, update: { $inc: { n: -1 } }, new: true }, [{ _id: 1, n: 9 }]],
    [
      'insert',
      { insert: 'stock', documents: [{ _id: 2, n: 0 }] },
      [
        { _id: 1, n: 10 },
        { _id: 2, n: 0 },
      ],
    ],
    ['delete', { delete: 'stock', deletes: [{ q: { _id: 1 }, limit: 1 }] }, []],
  ])('gets the first answer to %s, and it is not done twice', async (_, command, stock) => {
    const whole = { ...command, ...numbered(session(1), 7) };
    const answer = await before.client.send(whole);
    const after = await afterCrash();
    try {
      const again = await after.client.send(whole);
      for (const k of ['ok', 'n', 'nModified', 'value', 'lastErrorObject', 'writeErrors']) expect(again[k]).toEqual(answer[k]);
      expect(answer['ok']).toBe(1);
      expect(await stockIn(after)).toEqual(stock);
    } finally {
      await stop(after);
    }
  });

  it.each<[string, EncodableDoc]>([
    ['update', { update: 'stock', updates: [{ q: { _id: 1 }, u: { $inc: { n: -1 } } }] }],
    ['findAndModify', { findAndModify: 'stock', query: { _id: 1 }, update: { $inc: { n: -1 } }, new: true }],
  ])('may repeat %s while the first one is still waiting for a lock', async (_, command) => {
    const locking = await WireClient.connect(before.server.port);
    const overtaking = await WireClient.connect(before.server.port);
    try {
      const inTransaction = { ...numbered(session(6), 1), autocommit: false };
      const lock = { update: 'stock', updates: [{ q: { _id: 1 }, u: { $set: { locked: true } } }] };
      await locking.send({ ...lock, ...inTransaction, startTransaction: true });
      const whole = { ...command, ...numbered(session(7), 1) };
      const answers = Promise.all([before.client.send(whole), overtaking.send(whole)]);
      await locking.send({ ping: 1, $db: 'shop' });
      await locking.send({ abortTransaction: 1, ...inTransaction, $db: 'admin' });
      const [first, repeated] = await answers;
      expect(first).toMatchObject({ ok: 1 });
      expect([repeated['n'], repeated['value']]).toEqual([first['n'], first['value']]);
      expect(await stockIn({ server: before.server, client: locking })).toEqual([{ _id: 1, n: 9 }]);
    } finally {
      locking.close();
      overtaking.close();
    }
  });

  it('learns that its transaction has been committed', async () => {
    const lsid = session(2);
    const inTransaction = { ...numbered(lsid, 1), autocommit: false };
    await before.client.send({
      update: 'stock',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: -1 } } }],
      ...inTransaction,
      startTransaction: true,
    });
    const commit = { commitTransaction: 1, ...inTransaction, $db: 'admin' };
    expect((await before.client.send(commit))['ok']).toBe(1);
    const after = await afterCrash();
    try {
      expect((await after.client.send(commit))['ok']).toBe(1);
      expect(await stockIn(after)).toEqual([{ _id: 1, n: 9 }]);
    } finally {
      await stop(after);
    }
  });

  it('learns that a transaction without commit is gone, and may run it again', async () => {
    const inTransaction = { ...numbered(session(3), 1), autocommit: false };
    await before.client.send({
      update: 'stock',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: -1 } } }],
      ...inTransaction,
      startTransaction: true,
    });
    await before.client.send({ insert: 'other', documents: [{ _id: 1 }], $db: 'shop' });
    const after = await afterCrash();
    try {
      const reply = await after.client.send({ commitTransaction: 1, ...inTransaction, $db: 'admin' });
      expect(reply).toMatchObject({ ok: 0, code: 251, errorLabels: ['TransientTransactionError'] });
      expect(await stockIn(after)).toEqual([{ _id: 1, n: 10 }]);
    } finally {
      await stop(after);
    }
  });

  it('goes on with a batch at the statement that was waiting for a lock', async () => {
    await before.client.send({ insert: 'stock', documents: [{ _id: 2, n: 10 }], $db: 'shop' });
    const locking = await WireClient.connect(before.server.port);
    const inTransaction = { ...numbered(session(4), 1), autocommit: false };
    await locking.send({
      update: 'stock',
      updates: [{ q: { _id: 2 }, u: { $set: { locked: true } } }],
      ...inTransaction,
      startTransaction: true,
    });
    const updates = [1, 2].map((_id) => ({ q: { _id }, u: { $inc: { n: -1 } } }));
    const batch = { update: 'stock', updates, ...numbered(session(5), 1) };
    const waiting = before.client.send(batch);
    const watcher = await WireClient.connect(before.server.port);
    const deadline = Date.now() + 5000;
    for (let n: unknown = 10; n === 10 && Date.now() < deadline;) {
      const reply = await watcher.send({ find: 'stock', filter: { _id: 1 }, $db: 'shop' });
      n = ((reply['cursor'] as Doc)['firstBatch'] as Doc[])[0]?.['n'];
    }
    await watcher.send({ insert: 'other', documents: [{ _id: 1 }], $db: 'shop' });
    const after = await afterCrash();
    try {
      expect(await after.client.send(batch)).toMatchObject({ ok: 1, n: 2, nModified: 2 });
      expect(await stockIn(after)).toEqual([
        { _id: 1, n: 9 },
        { _id: 2, n: 9 },
      ]);
    } finally {
      await stop(after);
      await locking.send({ abortTransaction: 1, ...inTransaction, $db: 'admin' });
      expect(await waiting).toMatchObject({ ok: 1, n: 2 });
      locking.close();
      watcher.close();
    }
  });
});
