interface Chunk<V> {
  keys: string[];
  values: V[];
}

const CHUNK_LIMIT = 512;

/** Ordered map of strings, compared by character code: a list of sorted chunks, each small enough to insert into cheaply. */
export class SortedMap<V> {
  private chunks: Chunk<V>[] = [{ keys: [], values: [] }];

  set(key: string, value: V): void {
    const c = this.chunkFor(key);
    const chunk = this.chunks[c] as Chunk<V>;
    const i = lowerBound(chunk.keys, key);
    if (chunk.keys[i] === key) {
      chunk.values[i] = value;
      return;
    }
    if (i === chunk.keys.length) {
      chunk.keys.push(key);
      chunk.values.push(value);
    } else {
      chunk.keys.splice(i, 0, key);
      chunk.values.splice(i, 0, value);
    }
    if (chunk.keys.length > CHUNK_LIMIT) this.split(c, chunk, i === chunk.keys.length - 1);
  }

  /** Keys that only grow leave full chunks behind instead of half empty ones. */
  private split(c: number, chunk: Chunk<V>, appended: boolean): void {
    const at = appended ? chunk.keys.length - 1 : chunk.keys.length >> 1;
    this.chunks.splice(c + 1, 0, { keys: chunk.keys.splice(at), values: chunk.values.splice(at) });
  }

  delete(key: string): void {
    const c = this.chunkFor(key);
    const chunk = this.chunks[c] as Chunk<V>;
    const i = lowerBound(chunk.keys, key);
    if (chunk.keys[i] !== key) return;
    chunk.keys.splice(i, 1);
    chunk.values.splice(i, 1);
    if (chunk.keys.length === 0 && this.chunks.length > 1) this.chunks.splice(c, 1);
  }

  /** Visits `low <= key < high` in order until the visitor returns true; tells whether it did. */
  ascend(low: string, high: string, visit: (value: V, key: string) => boolean): boolean {
    let c = this.chunkFor(low);
    let i = lowerBound((this.chunks[c] as Chunk<V>).keys, low);
    for (; c < this.chunks.length; c++, i = 0) {
      const { keys, values } = this.chunks[c] as Chunk<V>;
      for (; i < keys.length; i++) {
        const key = keys[i] as string;
        if (key >= high) return false;
        if (visit(values[i] as V, key)) return true;
      }
    }
    return false;
  }

  /** The same range from its end. */
  descend(low: string, high: string, visit: (value: V, key: string) => boolean): boolean {
    let c = this.chunkFor(high);
    let i = lowerBound((this.chunks[c] as Chunk<V>).keys, high) - 1;
    for (;;) {
      const { keys, values } = this.chunks[c] as Chunk<V>;
      for (; i >= 0; i--) {
        const key = keys[i] as string;
        if (key < low) return false;
        if (visit(values[i] as V, key)) return true;
      }
      if (--c < 0) return false;
      i = (this.chunks[c] as Chunk<V>).keys.length - 1;
    }
  }

  /** Number of keys in a range, exact within a chunk and estimated across chunks. */
  estimate(low: string, high: string): number {
    const a = this.chunkFor(low);
    const b = this.chunkFor(high);
    const from = lowerBound((this.chunks[a] as Chunk<V>).keys, low);
    const to = lowerBound((this.chunks[b] as Chunk<V>).keys, high);
    if (a === b) return to - from;
    return (this.chunks[a] as Chunk<V>).keys.length - from + to + (b - a - 1) * (CHUNK_LIMIT >> 1);
  }

  private chunkFor(key: string): number {
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (((this.chunks[middle] as Chunk<V>).keys[0] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
