import { Logger } from '@nestjs/common';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type { ConsumerConfig, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsSession } from '../connection/nats-session.js';
import { EVENTS_STREAM, unlessMissing } from '../connection/topology.js';
import type { EventSettings } from '../messaging-options.js';
import type { MessagingMetrics } from '../messaging-metrics.js';
import { sendToDeadLetters } from './dead-letters.js';
import { UnreadableEventError } from './event-envelope.js';
import { retryDelay } from './retry-delay.js';

/** Short pulls: after a restart of the server a lost one is repeated soon. */
const PULL_MS = 5_000;
const RESTART_AFTER_MS = 1_000;
/** Delivered but neither acknowledged nor refused, over all instances of the service. */
const MAX_UNSETTLED = 256;

export interface EventConsumerParts {
  session: NatsSession;
  metrics: MessagingMetrics;
  settings: EventSettings;
  subject: string;
  /** Shared by all instances of the service, so that each event goes to one of them. */
  durable: string;
  handle: (message: JsMsg) => Promise<void>;
}

/** Pulls the events of one subject and settles each: acknowledged, to be tried again, or dead. */
export class EventConsumer {
  private readonly logger = new Logger('events');
  private readonly inFlight = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private messages?: ConsumerMessages;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly parts: EventConsumerParts) {}

  async start(): Promise<void> {
    await this.open();
    this.loop = this.run();
  }

  /** Takes no new events, gives back those not begun, finishes those at hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    void this.messages?.close();
    await this.loop;
    await Promise.allSettled(this.inFlight);
  }

  /** Creates the durable consumer when it is missing and follows changed settings. */
  async ensure(): Promise<void> {
    const { session, durable, subject, settings } = this.parts;
    const changeable = { ack_wait: nanos(settings.ackWaitMs), max_ack_pending: MAX_UNSETTLED, max_deliver: -1 };
    const existing = await unlessMissing(session.manager.consumers.info(EVENTS_STREAM, durable));
    if (!existing) {
      const config: Partial<ConsumerConfig> = {
        durable_name: durable,
        filter_subject: subject,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        // The server never gives up by itself: an event that is lost to a crash on its last try would be stuck, neither handled nor dead.
        ...changeable,
      };
      await session.manager.consumers.add(EVENTS_STREAM, config);
    } else if (existing.config.ack_wait !== changeable.ack_wait || existing.config.max_ack_pending !== MAX_UNSETTLED) {
      await session.manager.consumers.update(EVENTS_STREAM, durable, changeable);
    }
  }

  private async open(): Promise<void> {
    await this.ensure();
    const consumer = await this.parts.session.jetstream.consumers.get(EVENTS_STREAM, this.parts.durable);
    this.messages = await consumer.consume({ max_messages: this.parts.settings.concurrency, expires: PULL_MS });
    if (this.stopping.signal.aborted) void this.messages.close();
  }

  private async run(): Promise<void> {
    for (;;) {
      try {
        await this.pump();
      } catch (error) {
        this.logger.error(`reading ${this.parts.subject} failed, starting again`, error);
      }
      if (this.stopping.signal.aborted) return;
      await sleep(RESTART_AFTER_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      await this.open().catch((error: unknown) => this.logger.error(`cannot read ${this.parts.subject}`, error));
    }
  }

  private async pump(): Promise<void> {
    for await (const message of this.messages ?? []) {
      if (this.stopping.signal.aborted) {
        message.nak();
        continue;
      }
      const work: Promise<void> = this.process(message).finally(() => this.inFlight.delete(work));
      this.inFlight.add(work);
      if (this.inFlight.size >= this.parts.settings.concurrency) await Promise.race(this.inFlight);
    }
  }

  private async process(message: JsMsg): Promise<void> {
    const { metrics, settings, subject, handle } = this.parts;
    const heartbeat = setInterval(() => message.working(), settings.ackWaitMs / 3);
    try {
      if (message.info.deliveryCount > settings.maxDeliveries)
        throw new Error('the event was never settled; its handler may end the process');
      await handle(message);
      metrics.eventHandled(subject);
      await message.ackAck().catch((error: unknown) => {
        this.logger.warn(`${subject} was handled but not acknowledged and will come again`, error);
      });
    } catch (error) {
      metrics.eventFailed(subject);
      await this.refuse(message, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async refuse(message: JsMsg, error: unknown): Promise<void> {
    const { settings, subject, durable } = this.parts;
    const { deliveryCount } = message.info;
    if (deliveryCount < settings.maxDeliveries && !(error instanceof UnreadableEventError)) {
      const delay = retryDelay(deliveryCount, settings.backoffMs);
      this.logger.warn(`${durable} failed at try ${deliveryCount} of ${settings.maxDeliveries}, next in ${delay} ms`, error);
      message.nak(delay);
      return;
    }
    try {
      await sendToDeadLetters(this.parts.session, message, durable, error);
      message.term();
      this.parts.metrics.eventDead(subject);
      this.logger.error(`${durable} gave up event ${message.info.streamSequence} after ${deliveryCount} tries`, error);
    } catch (failure) {
      // Better tried once more than lost.
      this.logger.error(`${durable} could not write a dead letter`, failure);
      message.nak(retryDelay(settings.backoffMs.length, settings.backoffMs));
    }
  }
}
