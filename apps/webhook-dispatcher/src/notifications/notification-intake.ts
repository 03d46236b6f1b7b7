import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { isDuplicateKey, Transactions } from '@paygate/data-kit';
import { newPrefixedId } from '@paygate/kernel';
import type { EndpointDisabled, RefundStatusChanged, TransactionStatusChanged } from '@paygate/messages';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import type { ClientSession } from 'mongoose';
import type { OpenDelivery } from '../deliveries/index.js';
import { CircuitBoard, neverWaits } from '../endpoints/index.js';
import { DeliverySender, DispatcherMetrics, leaseMs, OriginWindows, SENDING_SETTINGS, WakeUps } from '../sending/index.js';
import type { ClaimedDelivery, Reservation, SendingSettings } from '../sending/index.js';
import { SiteDirectory } from '../sites/index.js';
import { announcedDisabling, announcedRefund, announcedTransaction } from './announced-change.js';
import type { AnnouncedChange } from './announced-change.js';
import { FanOut } from './fan-out.js';
import type { FannedOutChange } from './fan-out.js';
import { NotificationRepository } from './notification.repository.js';
import type { NotificationChanges } from './notification.repository.js';
import { ReferenceLedger } from './reference-ledger.js';

const MAX_WAIT_MS = 100;
const LOOK_AGAIN_MS = 2;

interface Outcome {
  claimed: ClaimedDelivery[];
  superseded: number;
  /** Something is due that this instance has no capacity for. */
  wakeOthers: boolean;
}

/**
 * Turns status changes into messages and deliveries, many in one transaction. A new delivery whose turn it is is claimed in the
 * same transaction and sent at once; everything else is found by the drain.
 */
@Injectable()
export class NotificationIntake {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: NotificationRepository,
    private readonly fanOut: FanOut,
    private readonly sites: SiteDirectory,
    private readonly sender: DeliverySender,
    private readonly windows: OriginWindows,
    private readonly circuits: CircuitBoard,
    private readonly wakeUps: WakeUps,
    private readonly metrics: DispatcherMetrics,
    @Inject(SENDING_SETTINGS) private readonly settings: SendingSettings,
  ) {}

  /** Resolves when the changes are stored, also those that had been before. */
  async acceptTransactions(events: readonly ReceivedEvent<TransactionStatusChanged>[]): Promise<void> {
    const now = new Date();
    // Not announced, and nothing that others would be measured against.
    const announced = events.filter(({ payload }) => payload.status !== 'initiated');
    await this.store(announced.map((event) => announcedTransaction(event, this.sites.ipnVersion(event.payload.siteId), now)));
  }

  /** As {@link acceptTransactions}. */
  async acceptRefunds(events: readonly ReceivedEvent<RefundStatusChanged>[]): Promise<void> {
    await this.store(events.map((event) => announcedRefund(event)));
  }

  /** As {@link acceptTransactions}. */
  async acceptDisablings(events: readonly ReceivedEvent<EndpointDisabled>[]): Promise<void> {
    await this.store(events.map((event) => announcedDisabling(event)));
  }

  private async store(group: readonly AnnouncedChange[]): Promise<void> {
    const changes = (await this.fanOut.execute(group, new Date())).filter(({ announcements }) => announcements.length > 0);
    if (changes.length === 0) return;
    await this.waitForRoom(changes);
    const capacity = this.windows.reserve();
    try {
      this.begin(await this.storeOnce(changes, capacity), capacity);
    } finally {
      capacity.giveBack();
    }
  }

  /** Nearly always all events are new, and a message that is there already makes itself known: only then it is worth looking. */
  private async storeOnce(changes: readonly FannedOutChange[], capacity: Reservation): Promise<Outcome> {
    try {
      return await this.storeNew(changes, capacity, () => Promise.resolve(new Set()));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.storeNew(changes, capacity, (session) => this.repository.knownMessages(session, messageIdsOf(changes)));
    }
  }

  private storeNew(
    changes: readonly FannedOutChange[],
    capacity: Reservation,
    knownMessages: (session: ClientSession) => Promise<ReadonlySet<string>>,
  ): Promise<Outcome> {
    return this.transactions.run(async (session) => {
      capacity.giveBack();
      const announcements = newIn(changes, await knownMessages(session)).flatMap((change) => change.announcements);
      if (announcements.length === 0) return { claimed: [], superseded: 0, wakeOthers: false };
      const now = new Date();
      const stored = await this.repository.read(session, [...new Set(announcements.map(({ referenceKey }) => referenceKey))]);
      const ledgers = new Map([...stored].map(([key, reference]) => [key, new ReferenceLedger(key, reference, now)]));
      for (const announcement of announcements) ledgers.get(announcement.referenceKey)?.apply(announcement);
      const { changes: writes, outcome } = this.settle([...ledgers.values()], capacity, now);
      await this.repository.write(session, writes, now);
      return outcome;
    });
  }

  /**
   * Under full load it is cheaper to leave events in the stream for a moment than to store what cannot be sent yet and look for
   * it later. Nobody waits for a receiver that is slow.
   */
  private async waitForRoom(changes: readonly FannedOutChange[]): Promise<void> {
    const demand = new Map<string, number>();
    for (const { rows } of changes.flatMap(({ announcements }) => announcements)) {
      if (rows) demand.set(rows.delivery.origin, (demand.get(rows.delivery.origin) ?? 0) + 1);
    }
    const isTight = (): boolean => [...demand].some(([origin, wanted]) => this.windows.isWorthWaiting(origin, wanted));
    for (const until = Date.now() + MAX_WAIT_MS; isTight() && Date.now() < until;) await sleep(LOOK_AGAIN_MS);
  }

  private settle(ledgers: ReferenceLedger[], capacity: Reservation, now: Date): { changes: NotificationChanges; outcome: Outcome } {
    const holder = newPrefixedId('clm', now);
    const leaseUntil = new Date(now.getTime() + leaseMs(this.settings));
    const changes: NotificationChanges = { messages: new Map(), deliveries: [], references: [], superseded: [] };
    const outcome: Outcome = { claimed: [], superseded: 0, wakeOthers: false };
    for (const ledger of ledgers) {
      const isServed = ledger.claim({
        holder,
        leaseUntil,
        accept: (delivery) => this.goesAtOnce(delivery) && capacity.take(delivery.origin),
      });
      if (!isServed) outcome.wakeOthers = true;
      if (ledger.claimed) outcome.claimed.push({ ...ledger.claimed, holder, leaseUntil });
      ledger.addTo(changes);
    }
    outcome.superseded = changes.superseded.length + changes.deliveries.filter((delivery) => delivery.state === 'superseded').length;
    return { changes, outcome };
  }

  private goesAtOnce(delivery: OpenDelivery): boolean {
    return this.circuits.isClosed(delivery.endpointId) || neverWaits(delivery);
  }

  private begin({ claimed, superseded, wakeOthers }: Outcome, capacity: Reservation): void {
    for (const claim of claimed) {
      capacity.use(claim.delivery.origin);
      this.sender.start(claim);
    }
    if (superseded > 0) this.metrics.count('superseded', superseded);
    if (wakeOthers) this.wakeUps.now();
  }
}

function messageIdsOf(changes: readonly FannedOutChange[]): string[] {
  return [...new Set(changes.flatMap(({ announcements }) => announcements.flatMap(({ rows }) => rows?.message._id ?? [])))];
}

/**
 * The events that are not stored yet: all of an event is stored at once, so one message of it stands for all.
 * Without anybody to tell there is no message to recognize the event by, but then applying it again changes nothing.
 */
function newIn(changes: readonly FannedOutChange[], knownMessages: ReadonlySet<string>): FannedOutChange[] {
  const seen = new Set<string>();
  return changes.filter(({ eventId, announcements }) => {
    const isKnown = seen.has(eventId) || announcements.some(({ rows }) => rows !== undefined && knownMessages.has(rows.message._id));
    seen.add(eventId);
    return !isKnown;
  });
}
