import { jetstream } from '@nats-io/jetstream';
import type { JetStreamClient } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { pause } from '../../stack/managed-process.js';
import type { DemoSeed } from '../../stack/stack.js';
import { STATUS_CHANGED, statusEvent } from '../status-event.js';
import type { PlannedEvent } from './chaos-plan.js';

const AT_ONCE = 20;
const GIVE_UP_AFTER_MS = 60_000;
const ANSWER_WITHIN_MS = 2_000;
/** One event in so many is published once more under another message id, so that only the dispatcher can tell. */
const EVERY = 20;

/** Tells of status changes as the outbox does: again and again until the stream has them. */
export class ChaosPublisher {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly stream: JetStreamClient,
    private readonly seed: DemoSeed,
    private readonly urls: readonly string[],
  ) {}

  static async connect(natsUrl: string, seed: DemoSeed, urls: readonly string[]): Promise<ChaosPublisher> {
    const connection = await connect({ servers: natsUrl, maxReconnectAttempts: -1, reconnectTimeWait: 200 });
    return new ChaosPublisher(connection, jetstream(connection), seed, urls);
  }

  /** @param passing called before each group with the share that is published; the group waits for it */
  async publish(events: readonly PlannedEvent[], perSecond: number, passing: (share: number) => Promise<void>): Promise<void> {
    const started = performance.now();
    for (let sent = 0; sent < events.length; sent += AT_ONCE) {
      await passing(sent / events.length);
      await Promise.all(events.slice(sent, sent + AT_ONCE).map((event, place) => this.tell(event, (sent + place) % EVERY === 0)));
      await pause(Math.max(0, started + (sent / perSecond) * 1000 - performance.now()));
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async tell(event: PlannedEvent, twice: boolean): Promise<void> {
    const { id, transactionId, reference, status, version, endpoint } = event;
    const facts = { eventId: id, transactionId, externalReference: reference, status, eventVersion: version };
    const body = JSON.stringify(statusEvent(this.seed, { ...facts, ipnUrl: this.urls[endpoint] ?? '' }));
    await this.keepTrying(body, id);
    if (twice) await this.keepTrying(body, `${id}-again`);
  }

  private async keepTrying(body: string, msgID: string): Promise<void> {
    for (const deadline = Date.now() + GIVE_UP_AFTER_MS; ;) {
      try {
        await this.stream.publish(STATUS_CHANGED, body, { msgID, timeout: ANSWER_WITHIN_MS });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await pause(100);
      }
    }
  }
}
