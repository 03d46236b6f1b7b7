import { Injectable, Logger } from '@nestjs/common';
import { FieldEncryption, IdempotencyKeys, Transactions } from '@paygate/data-kit';
import { DomainError, systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { currentContext } from '@paygate/nest-kit';
import type { ClientSession } from 'mongoose';
import { AuditTrail } from '../audit-trail/index.js';
import type { Deed, Intent } from '../audit-trail/index.js';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { AccessMemory } from '../short-cache/index.js';
import { Change } from './change.js';

/** Something another service is asked to do. */
export interface Errand<T> {
  /** As far as it is known before. */
  intent: Intent;
  ask: () => Promise<T>;
  /** What the answer says was done; undefined when nothing was, e.g. when it repeats an earlier one. */
  deed: (answer: T) => Deed | undefined;
}

interface Asked<T> {
  openDeed: string;
  answer: T;
}

/** With these nobody knows whether it was done. */
const UNDECIDED: readonly string[] = ['upstream_timeout', 'internal_error'];

/**
 * The one way this service changes what it owns: the writes, their audit entries and the answer kept for a repetition are
 * committed together or not at all; what the others must know is told right after.
 */
@Injectable()
export class Changes {
  private readonly logger = new Logger(Changes.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: IdempotencyKeys,
    private readonly encryption: FieldEncryption,
    private readonly auditTrail: AuditTrail,
    private readonly publisher: ConfigurationPublisher,
    private readonly memory: AccessMemory,
  ) {}

  /** `work` may run several times; it holds database work with the change's session only. */
  async run<T>(work: (change: Change) => Promise<T>): Promise<T> {
    return this.commit((change) => work(change));
  }

  /**
   * Runs `work` once per Idempotency-Key of its owner. A repetition gets the first answer, which is kept encrypted since it
   * may hold a secret shown only once.
   * @param operation e.g. `site.create`: one key may be used once per operation
   * @throws DomainError `idempotency_key_reused`, `request_in_progress`
   */
  async once<T extends object>(
    owner: TenantScope | 'platform',
    operation: string,
    claim: IdempotencyClaim | undefined,
    work: (change: Change) => Promise<T>,
  ): Promise<T> {
    if (!claim) return this.run(work);
    const context = `idempotency:${owner === 'platform' ? owner : owner.organizationId}:${operation}:${claim.key}`;
    return this.commit(async (change) => {
      const request = { scope: owner, operation, key: claim.key, requestHash: claim.requestHash };
      const { result, replayed } = await this.idempotency.once(change.session, request, async () => ({
        sealed: this.encryption.encrypt(JSON.stringify(await work(change)), context),
      }));
      const current = currentContext();
      if (current) current.replayed = replayed;
      return JSON.parse(this.encryption.decrypt(result.sealed, context)) as T;
    });
  }

  /**
   * Has another service do something, and records it. What it is asked is noted before, so that the audit log tells of it whatever
   * happens: without an answer, or when this process ends, as unconfirmed.
   * @throws what `ask` throws
   */
  async elsewhere<T>(errand: Errand<T>): Promise<T> {
    const asked = await this.ask(errand);
    await this.run((change) => this.conclude(change, errand, asked));
    return asked.answer;
  }

  /**
   * As {@link elsewhere}, once per Idempotency-Key of its owner. The key is held while the service works, so of two equal requests
   * at the same time only one reaches it, also when the transaction is repeated.
   * @param errand its answer is plain JSON
   * @throws what `ask` throws, and DomainError `idempotency_key_reused`, `request_in_progress`
   */
  async onceElsewhere<T extends object>(
    owner: TenantScope,
    operation: string,
    claim: IdempotencyClaim | undefined,
    errand: Errand<T>,
  ): Promise<T> {
    // Without a key nothing has to be held, so the transaction begins after the other service has answered.
    if (!claim) return this.elsewhere(errand);
    let asked: Promise<Asked<T>> | undefined;
    return this.once(owner, operation, claim, async (change) => {
      const result = await (asked ??= this.ask(errand));
      await this.conclude(change, errand, result);
      return result.answer;
    });
  }

  private async ask<T>({ intent, ask }: Errand<T>): Promise<Asked<T>> {
    const openDeed = await this.auditTrail.begin(intent, systemClock.now());
    try {
      return { openDeed, answer: await ask() };
    } catch (error) {
      if (error instanceof DomainError && !UNDECIDED.includes(error.code)) await this.auditTrail.close(openDeed);
      throw error;
    }
  }

  private async conclude<T>(change: Change, { deed }: Errand<T>, { openDeed, answer }: Asked<T>): Promise<void> {
    const done = deed(answer);
    if (done) await change.record(done);
    await this.auditTrail.close(openDeed, change.session);
  }

  private async commit<T>(work: (change: Change) => Promise<T>): Promise<T> {
    let committed: Change | undefined;
    const result = await this.transactions.run(async (session: ClientSession) => {
      // A repetition starts anew: what an attempt that was rolled back wanted to tell did not happen.
      committed = new Change(session, systemClock.now(), this.auditTrail);
      return work(committed);
    });
    if (committed) await this.tell(committed);
    return result;
  }

  /** The change stands whatever happens here: what could not be published is repaired by the comparison of bucket and database. */
  private async tell({ announcements, accessChange }: Change): Promise<void> {
    if (accessChange !== undefined) this.memory.announceChange(accessChange);
    for (const { contract, id } of announcements) {
      try {
        await this.publisher.publish(contract, id);
      } catch (error) {
        this.logger.error(`${contract.kind} ${id} was changed but not yet published: ${String(error)}`);
      }
    }
  }
}
