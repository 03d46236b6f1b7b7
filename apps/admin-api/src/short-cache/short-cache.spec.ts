import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '@paygate/testing';
import { ShortCache } from './short-cache.js';

const START = new Date('2026-01-01T00:00:00Z');

function aCache(maxEntries = 10) {
  const clock = new FixedClock(START);
  let loads = 0;
  const cache = new ShortCache<number>({ ttlMs: 1000, maxEntries, clock });
  return { clock, cache, load: () => Promise.resolve(++loads), loads: () => loads };
}

describe('ShortCache', () => {
  it('loads once while the answer is fresh and again when it is not', async () => {
    const { cache, clock, load } = aCache();
    expect(await cache.get('a', load)).toBe(1);
    clock.advance(999);
    expect(await cache.get('a', load)).toBe(1);
    clock.advance(1);
    expect(await cache.get('a', load)).toBe(2);
  });

  it('shares one load among callers who ask at once', async () => {
    const { cache, load, loads } = aCache();
    await Promise.all([cache.get('a', load), cache.get('a', load), cache.get('a', load)]);
    expect(loads()).toBe(1);
  });

  it('does not remember a failure', async () => {
    const { cache, load } = aCache();
    await expect(cache.get('a', () => Promise.reject(new Error('database away')))).rejects.toThrow('database away');
    expect(await cache.get('a', load)).toBe(1);
  });

  it('drops the oldest entry beyond its size', async () => {
    const { cache, load, loads } = aCache(2);
    for (const key of ['a', 'b', 'c']) await cache.get(key, load);
    await cache.get('c', load);
    await cache.get('b', load);
    expect(loads()).toBe(3);
    await cache.get('a', load);
    expect(loads()).toBe(4);
  });

  it('forgets on request', async () => {
    const { cache, load } = aCache();
    await cache.get('a', load);
    cache.forget('a');
    expect(await cache.get('a', load)).toBe(2);
  });
});
