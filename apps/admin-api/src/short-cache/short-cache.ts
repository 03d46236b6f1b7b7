import type { Clock } from '@paygate/kernel';

export interface ShortCacheOptions {
  /** How stale an answer may be. */
  ttlMs: number;
  /** Beyond this many entries the oldest are dropped, so a stream of made-up keys cannot fill the memory. */
  maxEntries: number;
  clock: Clock;
}

/**
 * Remembers what was loaded for a moment, "there is none" included. Callers that ask for the same key at once share one
 * load; a failed load is not remembered.
 */
export class ShortCache<V> {
  private readonly entries = new Map<string, { value: Promise<V>; loadedAt: number }>();

  constructor(private readonly options: ShortCacheOptions) {}

  async get(key: string, load: () => Promise<V>): Promise<V> {
    // The age counts from before the load: a change that happens while it runs may not be in its answer.
    const now = this.options.clock.now().getTime();
    const known = this.entries.get(key);
    if (known && now - known.loadedAt < this.options.ttlMs) return known.value;
    const entry = { value: load(), loadedAt: now };
    this.entries.delete(key);
    this.entries.set(key, entry);
    this.dropOldest();
    try {
      return await entry.value;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
  }

  clear(): void {
    this.entries.clear();
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  private dropOldest(): void {
    const oldest = this.entries.keys().next();
    if (this.entries.size > this.options.maxEntries && !oldest.done) this.entries.delete(oldest.value);
  }
}
