import type { Collection } from './collection.js';
import type { Rec } from './record.js';

/** An open multi-document transaction: what it sees, and what it has written so far. */
export class Transaction {
  readonly writes: [Collection, Rec][] = [];
  readonly startedAt = Date.now();
  /** Resolves when the transaction has ended either way; writers outside wait for it. */
  readonly ended: Promise<void>;
  private markEnded: () => void = () => undefined;

  constructor(readonly snapshot: number) {
    this.ended = new Promise((resolve) => {
      this.markEnded = resolve;
    });
  }

  end(): void {
    this.markEnded();
  }
}

/** Thrown by a write outside a transaction that meets a lock: wait for the transaction and run the statement again. */
export class Blocked extends Error {
  constructor(readonly transaction: Transaction) {
    super('blocked by a transaction');
    this.name = 'Blocked';
  }
}
