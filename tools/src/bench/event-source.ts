import { jetstream } from '@nats-io/jetstream';
import type { JetStreamClient } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { pause } from '../stack/managed-process.js';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { STATUS_CHANGED, statusEvent } from './status-event.js';

const AT_ONCE = 200;
const TICK_MS = 20;

/** Tells the dispatcher of payments that succeeded. */
export class EventSource {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly stream: JetStreamClient,
    private readonly seed: DemoSeed,
  ) {}

  static async connect(stack: Stack, seed: DemoSeed): Promise<EventSource> {
    const connection = await connect({ servers: stack.urls.nats });
    return new EventSource(connection, jetstream(connection), seed);
  }

  /** As fast as the stream takes them. */
  async flood(urls: readonly string[]): Promise<void> {
    for (let sent = 0; sent < urls.length; sent += AT_ONCE) {
      await Promise.all(urls.slice(sent, sent + AT_ONCE).map((url) => this.tell(url)));
    }
  }

  /** At a steady pace: each event at its time, whether or not the ones before it have been taken. */
  async drip(urls: readonly string[], perSecond: number): Promise<void> {
    const started = performance.now();
    const told: Promise<void>[] = [];
    while (told.length < urls.length) {
      const due = Math.min(urls.length, Math.ceil(((performance.now() - started) / 1000) * perSecond));
      for (const url of urls.slice(told.length, due)) told.push(this.tell(url));
      await pause(TICK_MS);
    }
    await Promise.all(told);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async tell(ipnUrl: string): Promise<void> {
    const event = statusEvent(this.seed, { ipnUrl });
    await this.stream.publish(STATUS_CHANGED, JSON.stringify(event), { msgID: event.id });
  }
}
