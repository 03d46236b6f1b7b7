import type { EncodableDoc } from '../bson/encode.js';
import type { Doc } from '../bson/value.js';
import type { Store } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';

/** How far a command of several write statements has come. A repeated command goes on from here. */
export interface BatchProgress {
  next: number;
  n: number;
  nModified: number;
  upserted: Doc[];
  writeErrors: Doc[];
}

/** The last retryable write of a session. */
export interface RetryState {
  reply?: EncodableDoc;
  progress?: BatchProgress;
  /** Settles when the first attempt has ended; a retry that overtakes it waits. */
  running?: Promise<void>;
}

export type TransactionState = 'none' | 'retryable' | 'active' | 'committed' | 'aborted';

/** A logical session: the newest transaction number and what became of it. */
export class Session {
  number = -1;
  state: TransactionState = 'none';
  txn: Transaction | null = null;
  retry: RetryState | null = null;
  lastUsed = Date.now();

  constructor(readonly id: string) {}
}

const SESSION_LIFETIME_MS = 30 * 60_000;

export class Sessions {
  private readonly byId = new Map<string, Session>();

  constructor(
    private readonly store: Store,
    private readonly transactionLifetimeMs: number,
  ) {}

  get(id: string): Session {
    let s = this.byId.get(id);
    if (!s) this.byId.set(id, (s = new Session(id)));
    s.lastUsed = Date.now();
    return s;
  }

  abort(s: Session): void {
    if (s.txn) this.store.abort(s.txn);
    s.txn = null;
    s.state = 'aborted';
  }

  end(id: string): void {
    const s = this.byId.get(id);
    if (s?.txn) this.abort(s);
    this.byId.delete(id);
  }

  abortAll(): void {
    for (const s of this.byId.values()) if (s.txn) this.abort(s);
  }

  /** Ends what has been left behind: transactions after their lifetime, sessions after half an hour. */
  sweep(now: number): void {
    for (const s of this.byId.values()) {
      if (s.txn && now - s.txn.startedAt > this.transactionLifetimeMs) this.abort(s);
      if (!s.txn && now - s.lastUsed > SESSION_LIFETIME_MS) this.byId.delete(s.id);
    }
  }

  /** Sessions whose last write must still be known after a restart. */
  *remembered(): Generator<Session> {
    for (const s of this.byId.values()) if (s.state === 'committed' || (s.state === 'retryable' && s.retry)) yield s;
  }
}
