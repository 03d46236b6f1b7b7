import { expect, it } from '@jest/globals';
import { RecordKeyUse } from './record-key-use.js';

const NOW = new Date('2026-01-15T12:00:00Z');

it('remembers the notes of a bounded number of keys, and writes for each at most once a minute', async () => {
  const written: string[] = [];
  const uses = new RecordKeyUse({
    recordUseForOperators: (id) => {
      written.push(id);
      return Promise.resolve();
    },
  });
  for (let key = 0; key < 10_001; key++) uses.record(`key-${key}`, NOW);
  expect(written).toHaveLength(10_001);

  // The latest is remembered until a minute has passed, the oldest had to go.
  uses.record('key-10000', new Date(NOW.getTime() + 59_999));
  expect(written).toHaveLength(10_001);
  uses.record('key-0', NOW);
  uses.record('key-10000', new Date(NOW.getTime() + 60_000));
  expect(written.slice(-2)).toEqual(['key-0', 'key-10000']);
  await uses.onApplicationShutdown();
});
