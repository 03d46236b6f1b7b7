import { impliesPayment, turnOf } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow, OpenDelivery } from '../deliveries/index.js';
import type { Announcement } from './announced-change.js';
import type { NotificationChanges, StoredReference } from './notification.repository.js';
import { placeChange } from './place-change.js';

export interface LeaseTerms {
  holder: string;
  leaseUntil: Date;
  /** Sets capacity aside for a first attempt. */
  accept: (delivery: OpenDelivery) => boolean;
}

/** One reference while a group of events is applied to it, one after the other. */
export class ReferenceLedger {
  private paid: boolean;
  private readonly seen: Map<string, number>;
  private open: OpenDelivery[];
  private readonly existing: ReadonlySet<string>;
  private readonly superseded: string[] = [];
  private readonly added = new Map<string, { message: MessageRow; delivery: DeliveryRow }>();

  constructor(
    private readonly key: string,
    private readonly stored: StoredReference,
    private readonly now: Date,
  ) {
    this.paid = stored.row?.paid ?? false;
    this.seen = new Map(stored.row?.transactions.map(({ id, seen }) => [id, seen]));
    this.open = stored.open;
    this.existing = new Set(stored.open.map((delivery) => delivery.id));
  }

  apply({ change, rows }: Announcement): void {
    const placement = placeChange({ paid: this.paid, seen: this.seen, open: this.open }, change);
    this.paid ||= impliesPayment(change.status);
    this.seen.set(change.transactionId, Math.max(change.eventVersion, this.seen.get(change.transactionId) ?? 0));
    for (const delivery of placement.supersedes) this.drop(delivery.id);
    if (!rows) return;
    // A copy: the group may be applied again when the database asks for it.
    const delivery = { ...rows.delivery };
    this.added.set(delivery._id, { message: rows.message, delivery });
    if (!placement.announce) {
      Object.assign(delivery, { state: 'superseded', nextAttemptAt: null });
      return;
    }
    // Its endpoint is disabled.
    if (delivery.state === 'dead') return;
    if (placement.waitsFor !== undefined) Object.assign(delivery, { waitsFor: placement.waitsFor, nextAttemptAt: null });
    const { _id: id, eventVersion, status, endpointId, origin, nextAttemptAt } = delivery;
    const { transactionId } = change;
    this.open.push({
      id,
      transactionId,
      eventVersion,
      status,
      endpointId,
      origin,
      nextAttemptAt,
      state: 'scheduled',
      attemptCount: 0,
      obsolete: false,
    });
  }

  /**
   * Puts a new delivery on the wire at once when it is its turn and there is capacity.
   * @returns false when something is due that someone should be woken for
   */
  claim(terms: LeaseTerms): boolean {
    const { row } = this.stored;
    const isHeld = row?.leaseUntil !== null && row?.leaseUntil !== undefined && row.leaseUntil > this.now;
    // Whoever is choosing may not have seen what is new.
    if (isHeld) return false;
    const { next } = turnOf(this.open, this.now);
    // When one is on the wire, the instance that sends it looks again afterwards.
    if (!next) return true;
    const mine = this.added.get(next.id);
    if (!mine || !terms.accept(next)) return false;
    const { holder, leaseUntil } = terms;
    Object.assign(mine.delivery, { state: 'sending', holder, leaseUntil, nextAttemptAt: null });
    return true;
  }

  /** The new delivery that was claimed. */
  get claimed(): { message: MessageRow; delivery: DeliveryRow } | undefined {
    return [...this.added.values()].find(({ delivery }) => delivery.state === 'sending');
  }

  addTo(changes: NotificationChanges): void {
    for (const { message, delivery } of this.added.values()) {
      changes.messages.set(message._id, message);
      changes.deliveries.push(delivery);
    }
    changes.superseded.push(...this.superseded);
    const transactions = [...this.seen].map(([id, seen]) => ({ id, seen }));
    changes.references.push({ key: this.key, isNew: this.stored.row === undefined, paid: this.paid, transactions });
  }

  private drop(id: string): void {
    const mine = this.added.get(id);
    if (mine) Object.assign(mine.delivery, { state: 'superseded', nextAttemptAt: null, waitsFor: null });
    if (this.existing.has(id)) this.superseded.push(id);
    // What is on the wire stays in the way until its attempt has ended.
    this.open = this.open.flatMap((delivery) => {
      if (delivery.id !== id) return [delivery];
      return delivery.state === 'sending' ? [{ ...delivery, obsolete: true }] : [];
    });
  }
}
