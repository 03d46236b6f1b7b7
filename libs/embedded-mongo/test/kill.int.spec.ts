import { appendFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { compileCli, runCli } from './compiled-cli.js';
import { temporaryDirectory } from './temporary-directory.js';

const ROUNDS = 3;
const WRITES_PER_ROUND = 80;
const CLIENTS = 8;

interface Counter {
  _id: number;
  u: number;
  v: number;
}

interface Leg {
  group: number;
  leg: number;
}

/** What clients were told, over all rounds. */
const acknowledged = new Map<number, number>();
const committed = new Set<number>();
let nextId = 0;

describe('the process', () => {
  let program: string;
  let dir: ReturnType<typeof temporaryDirectory>;

  beforeAll(() => {
    program = compileCli('kill');
    dir = temporaryDirectory();
  });

  afterAll(() => {
    dir.remove();
    rmSync(dirname(program), { recursive: true, force: true });
  });

  async function writeUntilKilled(uri: string, kill: () => void): Promise<void> {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, retryWrites: false });
    const counters = client.db('k').collection<Counter>('counters');
    const legs = client.db('k').collection<Leg>('legs');
    let stopped = false;
    let writes = 0;
    const one = async (): Promise<void> => {
      const id = nextId++;
      await counters.insertOne({ _id: id, u: id, v: 0 });
      acknowledged.set(id, 0);
      await counters.updateOne({ _id: id }, { $inc: { v: 1 } });
      acknowledged.set(id, 1);
      if (id % 4 === 0) {
        await client.withSession((s) =>
          s.withTransaction(
            async () => {
              await legs.insertOne({ group: id, leg: 1 }, { session: s });
              await legs.insertOne({ group: id, leg: 2 }, { session: s });
            },
            { maxCommitTimeMS: 500, timeoutMS: 1500 },
          ),
        );
        committed.add(id);
      }
      if (++writes === WRITES_PER_ROUND) {
        stopped = true;
        kill();
      }
    };
    const worker = async (): Promise<void> => {
      while (!stopped) await one().catch(() => undefined);
    };
    await Promise.all(Array.from({ length: CLIENTS }, worker));
    await client.close(true);
  }

  async function verify(uri: string, round: number): Promise<void> {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2000 });
    try {
      const counters = client.db('k').collection<Counter>('counters');
      const found = new Map((await counters.find().toArray()).map((d) => [d._id, d.v]));
      const lost = [...acknowledged].filter(([id, v]) => (found.get(id) ?? -1) < v);
      const legs = new Map<number, number>();
      for (const d of await client.db('k').collection<Leg>('legs').find().toArray()) legs.set(d.group, (legs.get(d.group) ?? 0) + 1);
      expect({ lost, half: [...legs].filter(([, n]) => n !== 2), lostCommits: [...committed].filter((g) => legs.get(g) !== 2) }).toEqual({
        lost: [],
        half: [],
        lostCommits: [],
      });
      if (round === 0) await counters.createIndex({ u: 1 }, { unique: true }, {});
      else await expect(counters.insertOne({ _id: -round, u: 0, v: 0 })).rejects.toMatchObject({ code: 11000 });
    } finally {
      await client.close();
    }
  }

  it('loses nothing it has acknowledged when it is killed under load, and no transaction is half there', async () => {
    for (let round = 0; round <= ROUNDS; round++) {
      const cli = await runCli(program, ['--dir', dir.path]);
      await verify(cli.uri, round);
      if (round === ROUNDS) cli.process.kill('SIGKILL');
      else await writeUntilKilled(cli.uri, () => cli.process.kill('SIGKILL'));
      expect(await cli.ended).toBe('SIGKILL');
      if (round === 1) appendFileSync(join(dir.path, 'journal.wal'), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 9, 9]));
    }
    expect(acknowledged.size).toBeGreaterThan(ROUNDS * WRITES_PER_ROUND * 0.9);
    expect(committed.size).toBeGreaterThan(ROUNDS * 10);
  });

  it('ends cleanly on SIGTERM, and the next one finds everything', async () => {
    const own = temporaryDirectory();
    try {
      const cli = await runCli(program, ['--dir', own.path, '--no-fsync']);
      const client = new MongoClient(cli.uri);
      await client.db('t').collection('c').insertOne({ n: 1 });
      await client.close();
      cli.process.kill('SIGTERM');
      expect(await cli.ended).toBe(0);
      const next = await runCli(program, ['--dir', own.path]);
      const again = new MongoClient(next.uri);
      expect(await again.db('t').collection('c').countDocuments()).toBe(1);
      await again.close();
      next.process.kill('SIGTERM');
      expect(await next.ended).toBe(0);
    } finally {
      own.remove();
    }
  });

  it('does not start in production', async () => {
    await expect(runCli(program, [], { NODE_ENV: 'production' })).rejects.toThrow(/does not start when NODE_ENV=production/);
  });

  it('does not share a data directory', async () => {
    const own = temporaryDirectory();
    const cli = await runCli(program, ['--dir', own.path]);
    try {
      await expect(runCli(program, ['--dir', own.path])).rejects.toThrow(/is in use by the embedded MongoDB server/);
    } finally {
      cli.process.kill('SIGTERM');
      await cli.ended;
      own.remove();
    }
  });
});
