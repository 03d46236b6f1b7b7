import { Inject, Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { EndpointHealthStore } from './endpoint-health.store.js';
import type { OpenCircuit } from './endpoint-health.store.js';
import { HEALTH_POLICY } from './endpoint-health.js';
import type { HealthPolicy } from './endpoint-health.js';

export const HEALTH_SETTINGS = Symbol('HEALTH_SETTINGS');

/** How receivers are judged; tests give their own. */
export interface HealthSettings {
  policy: HealthPolicy;
  clock: Clock;
}

export const DEFAULT_HEALTH_SETTINGS: HealthSettings = { policy: HEALTH_POLICY, clock: systemClock };

/** The circuits that are open, as this instance knows them: its own findings at once, those of others when it has refreshed. */
@Injectable()
export class CircuitBoard {
  private circuits = new Map<string, OpenCircuit>();

  constructor(
    private readonly store: EndpointHealthStore,
    @Inject(HEALTH_SETTINGS) private readonly settings: HealthSettings,
  ) {}

  /** Endpoints that nothing is sent to now, apart from what never waits. */
  get paused(): string[] {
    const now = this.settings.clock.now();
    return [...this.circuits.values()].filter(({ openUntil }) => openUntil > now).map(({ _id }) => _id);
  }

  /** For those who watch over the platform. */
  countDisabled(): Promise<number> {
    return this.store.countDisabled();
  }

  /** Whether deliveries go to it as usual. */
  isClosed(endpointId: string | undefined): boolean {
    return endpointId === undefined || !this.circuits.has(endpointId);
  }

  /** Its pause is over, and one claim may try it. */
  awaitsProbe(endpointId: string | undefined): boolean {
    const circuit = this.circuits.get(endpointId ?? '');
    return circuit !== undefined && circuit.openUntil <= this.settings.clock.now();
  }

  async claimProbe(endpointId: string, claim: string, forMs: number): Promise<boolean> {
    const now = this.settings.clock.now();
    const circuit = this.circuits.get(endpointId);
    const openUntil = new Date(now.getTime() + forMs);
    const isMine = await this.store.claimProbe(endpointId, claim, now, openUntil);
    // Whoever was first: it is paused for others.
    if (circuit) this.circuits.set(endpointId, { ...circuit, openUntil });
    return isMine;
  }

  async giveUpProbe(endpointId: string, claim: string): Promise<void> {
    await this.store.giveUpProbe(endpointId, claim, this.settings.clock.now());
  }

  async opened(circuit: OpenCircuit): Promise<void> {
    this.circuits.set(circuit._id, circuit);
    await this.store.hold(circuit);
  }

  /** Lets go what was held. */
  async closed(endpoint: Pick<OpenCircuit, '_id' | 'origin'>): Promise<void> {
    this.circuits.delete(endpoint._id);
    await this.store.release(endpoint, this.settings.clock.now());
  }

  forget(endpointId: string): void {
    this.circuits.delete(endpointId);
  }

  /** Learns what others found, and holds what has fallen due since. Returns whether one has closed or its pause is over. */
  async refresh(): Promise<boolean> {
    const before = new Set(this.paused);
    const circuits = await this.store.openCircuits();
    this.circuits = new Map(circuits.map((circuit) => [circuit._id, circuit]));
    const paused = new Set(this.paused);
    for (const circuit of circuits) {
      if (paused.has(circuit._id)) await this.store.hold(circuit);
    }
    return [...before].some((id) => !paused.has(id)) || circuits.some(({ _id }) => !paused.has(_id));
  }
}
