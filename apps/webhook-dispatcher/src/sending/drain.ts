import { Inject, Injectable, Logger } from '@nestjs/common';
import { newPrefixedId } from '@paygate/kernel';
import { CircuitBoard } from '../endpoints/index.js';
import { CircuitGate } from './circuit-gate.js';
import { ClaimsStore } from './claims.store.js';
import { DeliverySender } from './delivery-sender.js';
import { OriginWindows } from './origin-windows.js';
import { ResultsRecorder } from './results-recorder.js';
import { leaseMs, SENDING_SETTINGS } from './sending-settings.js';
import type { SendingSettings } from './sending-settings.js';

const BATCH = 128;
/** While so many results wait to be written, nothing more is taken on. */
const MAX_UNWRITTEN = 1_000;

/** Takes what is due and starts it, until there is no capacity or nothing left. Woken by jobs, results and the sweep. */
@Injectable()
export class Drain {
  private readonly logger = new Logger('drain');
  private running: Promise<void> | undefined;
  private wanted = false;
  private stopped = true;

  constructor(
    private readonly claims: ClaimsStore,
    private readonly circuits: CircuitBoard,
    private readonly sender: DeliverySender,
    private readonly windows: OriginWindows,
    private readonly results: ResultsRecorder,
    @Inject(SENDING_SETTINGS) private readonly settings: SendingSettings,
  ) {}

  start(): void {
    this.stopped = false;
    this.wake();
  }

  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.wanted = true;
      return;
    }
    this.running = this.work().finally(() => {
      this.running = undefined;
    });
  }

  /** Takes nothing more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async work(): Promise<void> {
    for (let again = true; again; again = this.takeWanted()) {
      try {
        while (await this.takeSome());
      } catch (error) {
        this.logger.warn(`due deliveries could not be taken; the next sweep tries again: ${String(error)}`);
      }
    }
  }

  /** Whether someone called during the last round. */
  private takeWanted(): boolean {
    const wanted = this.wanted && !this.stopped;
    this.wanted = false;
    return wanted;
  }

  /** Returns whether there may be more to take. */
  private async takeSome(): Promise<boolean> {
    const limit = Math.min(this.windows.free, BATCH);
    if (this.stopped || limit <= 0 || this.results.pending > MAX_UNWRITTEN) return false;
    const now = new Date();
    const due = await this.claims.due(now, this.windows.busyOrigins(), this.circuits.paused, limit);
    if (due.length === 0) return false;
    const holder = newPrefixedId('clm', now);
    const gate = new CircuitGate(this.circuits, holder);
    const capacity = this.windows.reserve();
    try {
      await gate.prepare(due, leaseMs(this.settings));
      // Only what can be sent is locked: locking more would keep it from other instances.
      const planned = new Map<string, string>();
      for (const delivery of due) {
        const { referenceKey, origin } = delivery;
        if (!planned.has(referenceKey) && gate.admits(referenceKey, delivery) && capacity.take(origin)) planned.set(referenceKey, origin);
      }
      const claimed = await this.claims.claim([...planned.keys()], {
        holder,
        now,
        leaseUntil: new Date(now.getTime() + leaseMs(this.settings)),
        // Another delivery of the reference may go first, to another address.
        accept: (referenceKey, delivery) =>
          gate.admits(referenceKey, delivery) && (planned.get(referenceKey) === delivery.origin || capacity.take(delivery.origin)),
      });
      for (const claim of claimed) {
        capacity.use(claim.delivery.origin);
        this.sender.start(claim);
      }
      await gate.settle(claimed.map(({ delivery }) => delivery));
      return claimed.length > 0 || gate.hasAsked;
    } finally {
      capacity.giveBack();
    }
  }
}
