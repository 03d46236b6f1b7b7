import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@paygate/data-kit';
import { Model } from 'mongoose';
import { groupBy } from '../group-by.js';
import { ATTEMPT_MODEL, DELIVERY_MODEL, impliesPayment, NativeCollection } from '../deliveries/index.js';
import type { AttemptRow, DeliveryRow, UpdateStatement } from '../deliveries/index.js';
import type { Finding } from '../endpoints/index.js';
import type { ClaimedDelivery } from './claimed-delivery.js';

/** What becomes of a delivery that was on the wire. */
export interface SendingResult {
  claim: ClaimedDelivery;
  /** Missing when no request was made. */
  attempt?: AttemptRow;
  next: { state: 'delivered' } | { state: 'dead' } | { state: 'scheduled'; at: Date };
  /** What the attempt says of the receiver; missing without one. */
  finding?: Finding;
  /** Why it was put off without a request. */
  reason?: string;
}

type Write = UpdateStatement<DeliveryRow>;

/** Writes down how sendings ended. Works for all tenants at once and answers no caller. */
@Injectable()
export class ResultsStore {
  private readonly deliveries: NativeCollection<DeliveryRow>;
  private readonly attempts: NativeCollection<AttemptRow>;

  constructor(@InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>, @InjectModel(ATTEMPT_MODEL) attempts: Model<AttemptRow>) {
    this.deliveries = new NativeCollection(deliveries);
    this.attempts = new NativeCollection(attempts);
  }

  /**
   * Records results in two commands. May be repeated after a failure: attempts have their ids, and a delivery whose
   * claim was lost to another instance is left alone.
   */
  async record(results: readonly SendingResult[], now: Date): Promise<void> {
    const attempts = results.flatMap((result) => result.attempt ?? []);
    if (attempts.length > 0) await this.addAttempts(attempts);
    await this.deliveries.update(deliveryWrites(results, now));
  }

  private async addAttempts(attempts: AttemptRow[]): Promise<void> {
    try {
      await this.attempts.insert(attempts, { ordered: false });
    } catch (error) {
      // Some were already there: this is a repetition.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

function deliveryWrites(results: readonly SendingResult[], now: Date): Write[] {
  const finished = results.filter((result) => result.next.state !== 'scheduled' && impliesPayment(result.claim.delivery.status));
  const writes: Write[] = [];
  if (finished.length > 0) {
    // First, so that a crash in between leaves a follower too early, which is noticed, and not waiting for ever.
    const keys = finished.map((result) => result.claim.delivery.referenceKey);
    const ids = finished.map((result) => result.claim.delivery._id);
    writes.push({
      q: { referenceKey: { $in: keys }, state: 'scheduled', waitsFor: { $in: ids } },
      u: { $set: { waitsFor: null, nextAttemptAt: now } },
      multi: true,
    });
  }
  const delivered = results.filter((result) => result.next.state === 'delivered');
  for (const [key, group] of groupBy(delivered, ({ claim, attempt }) => `${claim.holder} ${attempt?.statusCode ?? ''}`)) {
    writes.push(deliveredWrite(group, key, now));
  }
  return [...writes, ...results.flatMap((result) => unfinishedWrites(result, now))];
}

/** Deliveries acknowledged in the same way differ in nothing else, so one statement serves them all. */
function deliveredWrite(group: readonly SendingResult[], key: string, now: Date): Write {
  const [holder] = key.split(' ');
  const lastStatusCode = group[0]?.attempt?.statusCode ?? null;
  return {
    q: { _id: { $in: group.map((result) => result.claim.delivery._id) }, holder, state: 'sending' },
    u: {
      $set: { state: 'delivered', deliveredAt: now, lastStatusCode, lastError: null, holder: null, leaseUntil: null, updatedAt: now },
      $inc: { attemptCount: 1 },
    },
    multi: true,
  };
}

function unfinishedWrites({ claim, attempt, next, reason }: SendingResult, now: Date): Write[] {
  if (next.state === 'delivered') return [];
  const filter = { _id: claim.delivery._id, holder: claim.holder, state: 'sending' } as const;
  const outcome = {
    lastStatusCode: attempt?.statusCode ?? null,
    lastError: attempt?.error ?? reason ?? null,
    holder: null,
    leaseUntil: null,
    updatedAt: now,
  };
  const count = { $inc: { attemptCount: attempt ? 1 : 0 } };
  if (next.state === 'dead') return [{ q: filter, u: { $set: { ...outcome, state: 'dead' }, ...count } }];
  return [
    {
      q: { ...filter, obsolete: { $ne: true } },
      u: { $set: { ...outcome, state: 'scheduled', nextAttemptAt: next.at }, $unset: { heldFrom: 1 }, ...count },
    },
    // Overtaken while it was on the wire.
    { q: { ...filter, obsolete: true }, u: { $set: { ...outcome, state: 'superseded' }, ...count } },
  ];
}
