import { describe, expect, it } from '@jest/globals';
import { MicroBatch } from './micro-batch.js';

describe('MicroBatch', () => {
  it('groups what arrives while a group is worked on, one group at a time', async () => {
    const groups: number[][] = [];
    let working = 0;
    const batch = new MicroBatch<number>({
      maxSize: 3,
      run: async (items) => {
        expect(++working).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        groups.push(items);
        working--;
      },
    });
    await Promise.all([1, 2, 3, 4, 5].map((n) => batch.add(n)));
    expect(groups).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    await batch.add(6);
    expect(groups.at(-1)).toEqual([6]);
  });

  it('fails the whole group, and goes on with the next', async () => {
    const batch = new MicroBatch<number>({
      maxSize: 10,
      run: (items) => (items.includes(2) ? Promise.reject(new Error('two')) : Promise.resolve()),
    });
    const results = await Promise.allSettled([1, 2, 3].map((n) => batch.add(n)));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(batch.add(4)).resolves.toBeUndefined();
  });
});
