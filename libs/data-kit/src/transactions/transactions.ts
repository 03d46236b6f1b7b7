import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { DomainError } from '@paygate/kernel';
import { mongo } from 'mongoose';
import type { ClientSession, Connection } from 'mongoose';
import { isTransient, isUnknownCommit, rootDatabaseError } from './database-errors.js';

/** How long one transaction, all its attempts included, may take. */
export interface TransactionLimits {
  deadlineMs: number;
}

export const TRANSACTION_LIMITS = Symbol('TRANSACTION_LIMITS');
export const DEFAULT_TRANSACTION_LIMITS: TransactionLimits = { deadlineMs: 15_000 };

/** Work to do once a transaction is durable: a wake-up, a notification inside the process. It must not fail and may be lost in a crash. */
export type AfterCommit = () => void;

const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  readPreference: 'primary',
} as const;

/** Runs database work atomically. The one way in this platform to open a transaction. */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);
  private readonly running = new AsyncLocalStorage<true>();
  private readonly hooks = new WeakMap<ClientSession, Set<AfterCommit>>();

  constructor(
    @Inject(getConnectionToken()) private readonly connection: Connection,
    @Inject(TRANSACTION_LIMITS) private readonly limits: TransactionLimits,
  ) {}

  /**
   * Runs `work` in a transaction and commits it. When the database asks for a repetition (write conflict, failover) the
   * whole of `work` runs again after a growing, jittered pause, so it must hold nothing but database work with the given
   * session, one operation after the other: no HTTP, no NATS, no queue, no `Promise.all`.
   *
   * Errors of `work` roll back and are thrown on unchanged.
   * @param limits of this transaction alone, for work nobody waits for
   * @throws DomainError `service_unavailable` when nothing could be committed before the deadline (nothing was changed),
   *   `upstream_timeout` when the answer to the commit was lost (it may have been made)
   * @throws TypeError when called inside the `work` of another transaction: the two would not be atomic together
   */
  async run<T>(
    work: (session: ClientSession) => Promise<T>,
    { deadlineMs = this.limits.deadlineMs }: Partial<TransactionLimits> = {},
  ): Promise<T> {
    if (this.running.getStore()) {
      throw new TypeError(
        'A transaction was started inside another one. Pass the session on instead: the two would not be atomic together.',
      );
    }
    const attempts = new Attempts(deadlineMs);
    try {
      return await this.running.run(true, () => attempts.race(this.commit(work, attempts)));
    } catch (error) {
      throw attempts.explain(error);
    }
  }

  /** Calls `hook` once the transaction of this session has been committed; not at all when it is rolled back. */
  afterCommit(session: ClientSession, hook: AfterCommit): void {
    const hooks = this.hooks.get(session);
    if (!hooks) throw new TypeError('The session does not belong to a transaction opened with Transactions.run.');
    hooks.add(hook);
  }

  private async commit<T>(work: (session: ClientSession) => Promise<T>, attempts: Attempts): Promise<T> {
    let committing: ReadonlySet<AfterCommit> = new Set();
    const result = await this.connection.transaction(async (session) => {
      attempts.begin();
      const hooks = new Set<AfterCommit>();
      this.hooks.set(session, hooks);
      try {
        const value = await work(session);
        attempts.readyToCommit();
        committing = hooks;
        return value;
      } catch (error) {
        attempts.failed(error);
        // The driver repeats only its own errors; one that was translated on the way is handed back as it was.
        throw isTransient(error) ? rootDatabaseError(error) : error;
      }
    }, OPTIONS);
    this.running.exit(() => {
      this.callAll(committing);
    });
    return result;
  }

  private callAll(hooks: ReadonlySet<AfterCommit>): void {
    for (const hook of hooks) {
      try {
        hook();
      } catch (error) {
        // The transaction stands; its caller must not be told otherwise.
        this.logger.error(error, 'An after-commit hook failed.');
      }
    }
  }
}

class DeadlinePassed extends Error {}

/** The attempts of one transaction and what is known about its outcome. */
class Attempts {
  private readonly endsAt: number;
  private committing = false;
  private lastError: unknown;

  constructor(private readonly deadlineMs: number) {
    this.endsAt = performance.now() + deadlineMs;
  }

  begin(): void {
    this.committing = false;
    this.stopWhenLate();
  }

  readyToCommit(): void {
    this.stopWhenLate();
    this.committing = true;
  }

  failed(error: unknown): void {
    if (!(error instanceof DeadlinePassed)) this.lastError = error;
  }

  /** The driver repeats a commit for up to two minutes; a caller waits until the deadline only. */
  async race<T>(transaction: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        // Before the commit the next check stops the work, and then it is certain that nothing was written.
        if (this.committing) reject(new DeadlinePassed());
      }, this.deadlineMs);
    });
    try {
      return await Promise.race([transaction, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What the caller is told about a failure. */
  explain(error: unknown): unknown {
    if (isUnknownCommit(error) || (error instanceof DeadlinePassed && this.committing)) {
      return new DomainError('upstream_timeout', undefined, undefined, { cause: error });
    }
    const cause = error instanceof DeadlinePassed ? this.lastError : error;
    if (this.lastError instanceof DomainError && isTransient(this.lastError)) return this.lastError;
    if (error instanceof DeadlinePassed || isTransient(error) || error instanceof mongo.MongoServerSelectionError) {
      return new DomainError('service_unavailable', undefined, undefined, { cause });
    }
    return error;
  }

  private stopWhenLate(): void {
    if (performance.now() >= this.endsAt) throw new DeadlinePassed();
  }
}
