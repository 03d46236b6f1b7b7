import { describe, expect, it } from '@jest/globals';
import { Sweep } from './sweep.js';

class Countdown extends Sweep<number> {
  readonly handled: number[] = [];
  atOnce = 0;
  most = 0;

  constructor(
    private left: number,
    lanes: number,
    private readonly afterEach: () => void = () => undefined,
  ) {
    super({ name: 'countdown', everyMs: 1_000, lanes, logger: { error: () => undefined } });
  }

  protected claim(): Promise<number | undefined> {
    return Promise.resolve(this.left > 0 ? this.left-- : undefined);
  }

  protected async handle(due: number): Promise<void> {
    this.most = Math.max(this.most, ++this.atOnce);
    await Promise.resolve();
    if (due === 13) throw new Error('unlucky');
    this.handled.push(due);
    this.atOnce--;
    this.afterEach();
  }
}

describe('Sweep', () => {
  it.each([
    [0, 4],
    [1, 4],
    [3, 1],
    [10, 4],
  ])('handles each of %i pieces once in %i lanes', async (pieces, lanes) => {
    const sweep = new Countdown(pieces, lanes);
    expect(await sweep.execute()).toBe(pieces);
    expect(sweep.handled.sort((a, b) => a - b)).toEqual(Array.from({ length: pieces }, (_, i) => i + 1));
    expect(sweep.most).toBe(Math.min(pieces, lanes));
  });

  it('claims nothing more once it is told to stop', async () => {
    const abort = new AbortController();
    const sweep = new Countdown(10, 2, () => abort.abort());
    expect(await sweep.execute(abort.signal)).toBeLessThanOrEqual(2);
  });

  it('says when a piece could not be handled', async () => {
    await expect(new Countdown(13, 1).execute()).rejects.toThrow('unlucky');
  });
});
