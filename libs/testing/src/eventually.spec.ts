import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns what the assertion returned once it stops throwing', async () => {
    let calls = 0;
    const result = await eventually(
      () => {
        calls += 1;
        if (calls < 3) throw new Error('not yet');
        return calls;
      },
      { everyMs: 1 },
    );
    expect(result).toBe(3);
  });

  it('throws the last failure when the deadline passes', async () => {
    let calls = 0;
    const attempt = eventually(
      () => {
        calls += 1;
        throw new Error(`failure ${calls}`);
      },
      { timeoutMs: 30, everyMs: 5 },
    );
    await expect(attempt).rejects.toThrow(/^failure [2-9]\n\(still failing after 30 ms\)$/);
  });
});
