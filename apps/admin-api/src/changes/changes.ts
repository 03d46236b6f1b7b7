import { Injectable, Logger } from '@nestjs/common';
import { FieldEncryption, IdempotencyKeys, Transactions } from '@paygate/data-kit';
import { systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { currentContext } from '@paygate/nest-kit';
import type { ClientSession } from 'mongoose';
import { AuditTrail } from '../audit-trail/index.js';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { AccessMemory } from '../short-cache/index.js';
import { Change } from './change.js';

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
   * Has another service do something once per Idempotency-Key of its owner, and records it. The key is held while the service
   * works, so of two equal requests at the same time only one reaches it, also when the transaction is repeated. The outcome is
   * unknown only where this process ends between the two: then the same key asks again.
   * @param ask what the other service is asked; its answer is plain JSON
   * @throws what `ask` throws, and DomainError `idempotency_key_reused`, `request_in_progress`
   */
  async onceElsewhere<T extends object>(
    owner: TenantScope,
    operation: string,
    claim: IdempotencyClaim | undefined,
    ask: () => Promise<T>,
    record: (change: Change, answer: T) => Promise<void>,
  ): Promise<T> {
    let asked: Promise<T> | undefined;
    // Without a key nothing has to be held, so the transaction begins after the other service has answered.
    if (!claim) asked = Promise.resolve(await ask());
    return this.once(owner, operation, claim, async (change) => {
      const answer = await (asked ??= ask());
      await record(change, answer);
      return answer;
    });
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
