import { Inject, Injectable, Logger } from '@nestjs/common';
import { CircuitBoard, HEALTH_SETTINGS } from './circuit-board.js';
import type { HealthSettings } from './circuit-board.js';
import { EndpointDirectory } from './endpoint-directory.store.js';
import { afterAttempts } from './endpoint-health.js';
import type { HealthVerdict, Observation } from './endpoint-health.js';
import { EndpointHealthStore } from './endpoint-health.store.js';
import type { EndpointRow } from './endpoint.schema.js';

/** The success of a receiver that works is written down this often. */
const SUCCESS_EVERY_MS = 15_000;
const MAX_ROUNDS = 5;
const REMEMBERED = 10_000;

/** Learns from attempts how receivers are: one write for each endpoint and group of attempts, none while all goes well. */
@Injectable()
export class HealthRecorder {
  private readonly logger = new Logger('endpoint-health');
  private readonly successNoted = new Map<string, number>();

  constructor(
    private readonly store: EndpointHealthStore,
    private readonly directory: EndpointDirectory,
    private readonly board: CircuitBoard,
    @Inject(HEALTH_SETTINGS) private readonly settings: HealthSettings,
  ) {}

  /** The instant that attempts ending now are noted with. */
  now(): Date {
    return this.settings.clock.now();
  }

  /** Never rejects: what is not learned now is learned from the next attempt. */
  async note(observations: ReadonlyMap<string, readonly Observation[]>): Promise<void> {
    let left = new Map([...observations].filter(([endpointId, of]) => !this.isNothingNew(endpointId, of)));
    try {
      for (let round = 0; left.size > 0 && round < MAX_ROUNDS; round++) left = await this.learn(left);
    } catch (error) {
      this.logger.warn(`how ${left.size} endpoints fared could not be written down: ${String(error)}`);
    }
  }

  /** Returns what has to be done again, because another instance was faster. */
  private async learn(observations: ReadonlyMap<string, readonly Observation[]>): Promise<Map<string, readonly Observation[]>> {
    const again = new Map<string, readonly Observation[]>();
    for (const endpoint of await this.store.read([...observations.keys()])) {
      const of = observations.get(endpoint._id) ?? [];
      const verdict = afterAttempts(endpoint.health, of, this.settings.policy, Math.random);
      if (await this.store.write(endpoint, verdict.health)) await this.follow(endpoint, verdict);
      else again.set(endpoint._id, of);
    }
    return again;
  }

  private async follow(endpoint: EndpointRow, { health, disable }: HealthVerdict): Promise<void> {
    const { _id, origin } = endpoint;
    const isUsual = health.failures === 0 && endpoint.health.failures === 0;
    if (!isUsual) this.directory.forget(_id);
    if (disable) {
      this.board.forget(_id);
      if (endpoint.state === 'enabled' && (await this.store.disable(endpoint, disable, health, this.now()))) {
        this.logger.warn(`endpoint ${_id} is disabled: ${disable}`);
      }
      this.directory.forget(_id);
      return;
    }
    if (health.openUntil === null) {
      this.rememberSuccess(_id, health.failures);
      if (endpoint.health.openUntil !== null) await this.board.closed({ _id, origin });
    } else if (health.openings !== endpoint.health.openings) {
      await this.board.opened({ _id, origin, openUntil: health.openUntil });
    }
  }

  private isNothingNew(endpointId: string, observations: readonly Observation[]): boolean {
    const known = this.directory.get(endpointId);
    if (!known || known.health.failures > 0 || known.health.openUntil !== null) return false;
    const noted = this.successNoted.get(endpointId) ?? 0;
    return observations.every(({ finding }) => finding === 'success') && this.now().getTime() - noted < SUCCESS_EVERY_MS;
  }

  private rememberSuccess(endpointId: string, failures: number): void {
    if (this.successNoted.size >= REMEMBERED) this.successNoted.clear();
    if (failures === 0) this.successNoted.set(endpointId, this.now().getTime());
    else this.successNoted.delete(endpointId);
  }
}
