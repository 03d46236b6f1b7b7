import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask } from '@paygate/nest-kit';
import { CircuitBoard } from '../endpoints/index.js';
import { ClaimsStore } from './claims.store.js';
import { DeliverySender } from './delivery-sender.js';
import { DEAD_COUNTED_UP_TO, DispatcherMetrics } from './dispatcher-metrics.js';
import { Drain } from './drain.js';
import { HttpExchanges } from './http-exchange.js';
import { OriginWindows } from './origin-windows.js';
import { ResultsRecorder } from './results-recorder.js';
import { SENDING_SETTINGS } from './sending-settings.js';
import type { SendingSettings } from './sending-settings.js';
import { WakeUps } from './wake-ups.js';

/** How old the knowledge of circuits that other instances opened or closed may be. */
const CIRCUIT_WATCH_MS = 1_000;

/** Starts sending with the service and ends it before the connections close: nothing new, what is on the wire is finished. */
@Injectable()
export class SendingLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: PeriodicTask;
  private readonly circuitWatch: PeriodicTask;

  constructor(
    private readonly drain: Drain,
    private readonly sender: DeliverySender,
    private readonly results: ResultsRecorder,
    private readonly wakeUps: WakeUps,
    private readonly claims: ClaimsStore,
    private readonly circuits: CircuitBoard,
    private readonly exchanges: HttpExchanges,
    private readonly windows: OriginWindows,
    private readonly metrics: DispatcherMetrics,
    @Inject(SENDING_SETTINGS) private readonly settings: SendingSettings,
  ) {
    this.sweep = new PeriodicTask({
      name: 'delivery-sweep',
      everyMs: this.settings.sweepMs,
      run: () => this.runSweep(),
      logger: new Logger('sweep'),
    });
    this.circuitWatch = new PeriodicTask({
      name: 'circuit-watch',
      everyMs: Math.min(this.settings.sweepMs, CIRCUIT_WATCH_MS),
      run: () => this.watchCircuits(),
      logger: new Logger('circuits'),
    });
  }

  onApplicationBootstrap(): void {
    this.drain.start();
    this.wakeUps.start(() => this.drain.wake());
    this.sweep.start();
    this.circuitWatch.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.windows.close();
    await this.sweep.stop();
    await this.circuitWatch.stop();
    await this.drain.stop();
    this.results.stop();
    await this.sender.finish(this.settings.shutdownGraceMs);
    await this.wakeUps.stop();
    await this.exchanges.close();
  }

  private async watchCircuits(): Promise<void> {
    if (await this.circuits.refresh()) this.drain.wake();
  }

  /** Brings back what a lost instance had, and starts what no job announced. */
  private async runSweep(): Promise<void> {
    const now = new Date();
    await this.claims.recover(now);
    this.drain.wake();
    this.metrics.due(await this.claims.countDue(now), await this.claims.oldestDue(now), now);
    this.metrics.dead(await this.claims.countDead(DEAD_COUNTED_UP_TO));
    this.metrics.endpoints(this.circuits.paused, await this.circuits.countDisabled());
  }
}
