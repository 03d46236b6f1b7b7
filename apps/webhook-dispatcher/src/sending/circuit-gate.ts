import { CircuitBoard, neverWaits } from '../endpoints/index.js';
import type { Passenger } from '../endpoints/index.js';

/** Decides for one claim what goes past open circuits: what never waits, and one delivery for each receiver that is tried again. */
export class CircuitGate {
  /** By endpoint that this claim tries: the lane whose delivery does it. */
  private readonly probes = new Map<string, string | undefined>();

  /** Receivers were to be tried: whatever came of it, what is due may look different now. */
  hasAsked = false;

  constructor(
    private readonly board: CircuitBoard,
    private readonly claim: string,
  ) {}

  /** Takes the task of trying the receivers whose pause is over. */
  async prepare(due: readonly Passenger[], probeMs: number): Promise<void> {
    const waiting = due.flatMap((passenger) => (this.mayProbe(passenger) ? [passenger.endpointId] : []));
    for (const endpointId of new Set(waiting)) {
      this.hasAsked = true;
      if (endpointId !== undefined && (await this.board.claimProbe(endpointId, this.claim, probeMs))) {
        this.probes.set(endpointId, undefined);
      }
    }
  }

  admits(referenceKey: string, passenger: Passenger): boolean {
    const { endpointId } = passenger;
    if (endpointId === undefined || this.board.isClosed(endpointId) || neverWaits(passenger)) return true;
    if (!this.probes.has(endpointId)) return false;
    const lane = this.probes.get(endpointId);
    if (lane !== undefined && lane !== referenceKey) return false;
    this.probes.set(endpointId, referenceKey);
    return true;
  }

  /** Gives back the tasks that came to nothing: no delivery of theirs was taken. */
  async settle(taken: readonly Passenger[]): Promise<void> {
    const tried = new Set(taken.map(({ endpointId }) => endpointId));
    for (const endpointId of this.probes.keys()) {
      if (!tried.has(endpointId)) await this.board.giveUpProbe(endpointId, this.claim);
    }
  }

  private mayProbe(passenger: Passenger): boolean {
    return !neverWaits(passenger) && this.board.awaitsProbe(passenger.endpointId);
  }
}
