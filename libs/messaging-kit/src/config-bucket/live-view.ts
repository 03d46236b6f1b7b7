import { Logger } from '@nestjs/common';
import type { KV, KvEntry } from '@nats-io/kv';
import type { SnapshotContract } from '@paygate/messages';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkPayload, listProblems } from '../validate-payload.js';

/** The values of one kind as they are now. */
export interface SnapshotView<T> {
  get(id: string): T | undefined;
  values(): T[];
  /** Called after each change; `undefined` means removed. Returns the function that ends the listening. */
  onChange(listener: (id: string, value: T | undefined) => void): () => void;
}

const RETRY_MS = 500;

interface Stopper {
  stop(): void;
}

/** Loads all entries of a kind, then follows the changes; starts over when told or when the stream of changes ends. */
export class LiveView<T extends object> implements SnapshotView<T> {
  readonly loaded: Promise<void>;
  private readonly logger = new Logger('config');
  private readonly entries = new Map<string, { value: T; revision: number }>();
  private readonly listeners = new Set<(id: string, value: T | undefined) => void>();
  private readonly markLoaded: () => void;
  private readonly stopping = new AbortController();
  private round = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly kind: SnapshotContract<T>,
    private readonly open: () => Promise<KV>,
  ) {
    let markLoaded = (): void => undefined;
    this.loaded = new Promise((resolve) => (markLoaded = resolve));
    this.markLoaded = markLoaded;
  }

  get(id: string): T | undefined {
    return this.entries.get(id)?.value;
  }

  values(): T[] {
    return [...this.entries.values()].map((entry) => entry.value);
  }

  onChange(listener: (id: string, value: T | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.loop = this.run();
  }

  /** Compares with the bucket again: after a lost connection the stream of changes may have gaps. */
  resync(): void {
    this.round.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.round.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.round = new AbortController();
      const { signal } = this.round;
      try {
        const bucket = await this.open();
        const last = await this.load(bucket, signal);
        if (!signal.aborted) await this.follow(bucket, last + 1, signal);
      } catch (error) {
        this.logger.warn(`the ${this.kind.kind} configuration cannot be read, trying again`, error);
        await sleep(RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Returns the highest revision seen. */
  private async load(bucket: KV, signal: AbortSignal): Promise<number> {
    const present = new Set<string>();
    let last = 0;
    const history = await bucket.history({ key: `${this.kind.kind}.*` });
    const forget = stopOn(signal, history);
    for await (const entry of history) {
      last = Math.max(last, entry.revision);
      if (this.apply(entry)) present.add(this.idOf(entry));
    }
    forget();
    if (signal.aborted) return last;
    for (const id of this.entries.keys()) {
      if (!present.has(id)) this.forget(id);
    }
    this.markLoaded();
    return last;
  }

  private async follow(bucket: KV, from: number, signal: AbortSignal): Promise<void> {
    const changes = await bucket.watch({ key: `${this.kind.kind}.*`, resumeFromRevision: from });
    const forget = stopOn(signal, changes);
    for await (const entry of changes) this.apply(entry);
    forget();
  }

  /** Returns whether the entry has a value in the bucket. */
  private apply(entry: KvEntry): boolean {
    const id = this.idOf(entry);
    if (entry.operation !== 'PUT') {
      this.forget(id);
      return false;
    }
    if (this.entries.get(id)?.revision !== entry.revision) this.accept(id, entry);
    return true;
  }

  private accept(id: string, entry: KvEntry): void {
    let received: unknown;
    try {
      received = entry.json();
    } catch {
      received = undefined;
    }
    const check = checkPayload(this.kind.value, received);
    if ('problems' in check) {
      // The last good value is better than none: a buyer may be paying with it.
      this.logger.error(`${this.kind.kind} ${id} has an unusable value, which is not taken over: ${listProblems(check.problems)}`);
      return;
    }
    this.entries.set(id, { value: check.value, revision: entry.revision });
    this.tell(id, check.value);
  }

  private forget(id: string): void {
    if (this.entries.delete(id)) this.tell(id, undefined);
  }

  private tell(id: string, value: T | undefined): void {
    for (const listener of this.listeners) {
      try {
        listener(id, value);
      } catch (error) {
        this.logger.error(`a listener of the ${this.kind.kind} configuration failed`, error);
      }
    }
  }

  private idOf(entry: KvEntry): string {
    return entry.key.slice(this.kind.kind.length + 1);
  }
}

/** Ends the iterator when the signal fires; the returned function takes that back. */
function stopOn(signal: AbortSignal, iterator: Stopper): () => void {
  const stop = (): void => iterator.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}
