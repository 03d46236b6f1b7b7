import { Logger } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { readServerAddresses } from './server-addresses.js';
import { ensureTopology } from './topology.js';

export interface SessionOptions {
  /** See NATS_URL. */
  url: string;
  /** Shown in the server's monitoring. */
  service: string;
  /** How long to wait for a server that is not up yet. Default 30 s. */
  startWithinMs?: number;
}

const START_WITHIN_MS = 30_000;
const RETRY_MS = 250;
const LOG_EVERY_MS = 5_000;
const DRAIN_WITHIN_MS = 3_000;

/** The one connection of a service. Reconnects for ever; knows whether it is connected now. */
export class NatsSession {
  private static readonly logger = new Logger('messaging');
  private connected = true;
  private readonly reconnectListeners = new Set<() => void>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly connection: NatsConnection,
    readonly jetstream: JetStreamClient,
    readonly manager: JetStreamManager,
  ) {
    void this.followStatus();
  }

  /** Waits for the server and sets up streams and bucket. @throws Error that says what to do when the time is over. */
  static async open(options: SessionOptions): Promise<NatsSession> {
    const addresses = readServerAddresses(options.url);
    const where = [addresses.servers].flat().join(', ');
    const startWithinMs = options.startWithinMs ?? START_WITHIN_MS;
    const deadline = Date.now() + startWithinMs;
    let lastLogged = 0;
    for (;;) {
      let connection: NatsConnection | undefined;
      try {
        connection = await connect({
          ...addresses,
          name: `paygate-${options.service}`,
          timeout: 2_000,
          maxReconnectAttempts: -1,
          reconnectTimeWait: RETRY_MS,
          reconnectJitter: 100,
          pingInterval: 10_000,
          maxPingOut: 2,
          // Otherwise every request builds two errors, stack traces included, in case it fails.
          noAsyncTraces: true,
        });
        await ensureTopology(connection);
        return new NatsSession(connection, jetstream(connection), await jetstreamManager(connection));
      } catch (error) {
        await connection?.close();
        const reason = error instanceof Error ? error.message : String(error);
        if (Date.now() + RETRY_MS > deadline) {
          throw new Error(
            `NATS with JetStream at ${where} was not ready within ${startWithinMs / 1000} s (${reason}). ` +
              'Start it with "nats-server -js", or set NATS_URL to where it runs.',
            { cause: error },
          );
        }
        if (Date.now() - lastLogged > LOG_EVERY_MS) {
          NatsSession.logger.warn(`waiting for NATS at ${where}: ${reason}`);
          lastLogged = Date.now();
        }
      }
      await sleep(RETRY_MS);
    }
  }

  get isConnected(): boolean {
    return this.connected && !this.connection.isClosed();
  }

  /** Runs after each reconnection, once streams and bucket are known to be there. */
  onReconnect(listener: () => void): void {
    this.reconnectListeners.add(listener);
  }

  /** True as soon as there is a connection, false when there is still none after `patienceMs`. */
  async whenConnected(patienceMs: number): Promise<boolean> {
    if (this.isConnected) return true;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve(this.isConnected);
      };
      const timer = setTimeout(done, patienceMs);
      this.waiting.add(done);
    });
  }

  /** Fails when the server cannot be reached right now. */
  async ping(): Promise<void> {
    if (!this.isConnected) throw new Error('not connected');
    await this.connection.flush();
  }

  /** Sends what is still buffered and closes. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    if (this.isConnected) await Promise.race([this.connection.drain(), sleep(DRAIN_WITHIN_MS, undefined, { ref: false })]);
    await this.connection.close();
  }

  /** The server may have come back with an empty disk, and JetStream answers a little later than the server itself. */
  private async restore(): Promise<void> {
    while (this.isConnected) {
      try {
        await ensureTopology(this.connection);
        for (const listener of this.reconnectListeners) listener();
        return;
      } catch (error) {
        NatsSession.logger.warn(`JetStream is not ready after the reconnection: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
  }

  private async followStatus(): Promise<void> {
    for await (const status of this.connection.status()) {
      switch (status.type) {
        case 'disconnect':
          this.connected = false;
          NatsSession.logger.warn(`lost the connection to NATS at ${status.server}; reconnecting`);
          break;
        case 'reconnect':
          this.connected = true;
          NatsSession.logger.log(`connected to NATS again at ${status.server}`);
          for (const waiter of this.waiting) waiter();
          void this.restore();
          break;
        case 'error':
          NatsSession.logger.error(`NATS reports: ${status.error.message}`);
          break;
        default:
          break;
      }
    }
    for (const waiter of this.waiting) waiter();
  }
}
