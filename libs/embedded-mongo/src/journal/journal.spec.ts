import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../test/temporary-directory.js';
import type { EncodableDoc } from '../bson/encode.js';
import type { Doc } from '../bson/value.js';
import { lockDirectory } from './directory-lock.js';
import { Journal } from './journal.js';

async function eventually(holds: () => boolean): Promise<void> {
  for (const until = Date.now() + 10_000; !holds() && Date.now() < until;) await sleep(20);
  expect(holds()).toBe(true);
}

describe('the journal', () => {
  let dir: ReturnType<typeof temporaryDirectory>;
  beforeEach(() => {
    dir = temporaryDirectory();
  });
  afterEach(() => dir.remove());

  const file = (): string => join(dir.path, 'journal.wal');

  function read(snapshot: () => Iterable<EncodableDoc> = () => []): { journal: Journal; records: Doc[]; torn: number } {
    const journal = new Journal(dir.path, true, snapshot);
    const records: Doc[] = [];
    const torn = journal.replay((r) => records.push(r));
    return { journal, records, torn };
  }

  async function write(records: readonly Doc[]): Promise<void> {
    const { journal } = read();
    journal.open(false);
    for (const r of records) journal.append(r);
    await journal.durable();
    await journal.close();
  }

  it('gives back what was written, over several openings', async () => {
    await write([{ n: 1 }, { n: 2 }]);
    await write([{ n: 3 }]);
    expect(read().records).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('cuts off a record that is incomplete, wherever it was cut', async () => {
    await write([{ n: 1, s: 'first' }]);
    const complete = statSync(file()).size;
    await write([{ n: 2, s: 'second' }]);
    const whole = readFileSync(file());
    for (let length = complete; length < whole.length; length++) {
      writeFileSync(file(), whole.subarray(0, length));
      const { records, torn } = read();
      expect([records.map((r) => r['n']), torn, statSync(file()).size]).toEqual([[1], length - complete, complete]);
    }
  });

  it('does not believe a record whose bytes have changed', async () => {
    await write([{ n: 1 }, { n: 2 }]);
    const bytes = readFileSync(file());
    bytes[bytes.length - 3] = 99;
    writeFileSync(file(), bytes);
    expect(read().records).toEqual([{ n: 1 }]);
  });

  it('is rewritten from the present state at the start when asked', async () => {
    await write(Array.from({ length: 50 }, (_, n) => ({ n })));
    const { journal } = read(() => [{ state: 1 }, { state: 2 }]);
    journal.open(true);
    journal.append({ n: 51 });
    await journal.close();
    expect(read().records).toEqual([{ state: 1 }, { state: 2 }, { n: 51 }]);
  });

  it.each([
    { after: 'a moment of quiet', megabytes: 20 },
    { after: 'much more without one', megabytes: 80 },
  ])('is rewritten when it has grown: $after', async ({ megabytes }) => {
    let last = 0;
    const { journal } = read(() => [{ last }]);
    journal.open(false);
    const padding = 'x'.repeat(1_000_000);
    let largest = 0;
    for (let i = 0; i < megabytes; i++) {
      last++;
      journal.append({ last, padding });
      await journal.durable();
      largest = Math.max(largest, statSync(file()).size);
    }
    if (megabytes === 20) {
      expect(largest).toBeGreaterThan(19_000_000);
      await eventually(() => statSync(file()).size < 1_000);
    } else expect(largest).toBeLessThan(70_000_000);
    last++;
    journal.append({ last });
    await journal.close();
    expect(read().records.at(-1)?.['last']).toBe(megabytes + 1);
  });

  it('has nothing to wait for when nothing is written', async () => {
    const { journal } = read();
    journal.open(false);
    expect(journal.durable()).toBeNull();
    journal.append({ n: 1 });
    await Promise.all([journal.durable(), journal.durable()]);
    expect(journal.durable()).toBeNull();
    await journal.close();
  });
});

describe('the directory lock', () => {
  it('keeps a second server out, also of the same process, and outlives neither', () => {
    const dir = temporaryDirectory();
    const release = lockDirectory(dir.path);
    expect(() => lockDirectory(dir.path)).toThrow(/is in use/);
    release();
    writeFileSync(join(dir.path, 'server.pid'), '999999999');
    lockDirectory(dir.path)();
    dir.remove();
  });
});
