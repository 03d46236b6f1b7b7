import { Logger } from '@nestjs/common';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { NatsSession } from '../connection/nats-session.js';
import { EVENTS_STREAM, unlessMissing } from '../connection/topology.js';
import type { EventSettings } from '../messaging-options.js';
import type { MessagingMetrics } from '../messaging-metrics.js';
import { sendToDeadLetters } from './dead-letters.js';
import { UnreadableEventError } from './event-envelope.js';
import { PullSubscription } from './pull-subscription.js';
import { retryDelay } from './retry-delay.js';
import type { StreamMessage } from './stream-message.js';

/** Delivered but neither acknowledged nor refused, over all instances of the service. */
const MAX_UNSETTLED = 2_048;

export interface EventConsumerParts {
  session: NatsSession;
  metrics: MessagingMetrics;
  settings: EventSettings;
  subject: string;
  /** Shared by all instances of the service, so that each event goes to one of them. */
  durable: string;
  handle: (message: StreamMessage) => Promise<void>;
}

/** Takes the events of one subject and settles each: acknowledged, to be tried again, or dead. */
export class EventConsumer {
  private readonly logger = new Logger('events');
  private pulling?: PullSubscription;
  private readonly handling = new Set<StreamMessage>();
  private heartbeat?: NodeJS.Timeout;

  constructor(private readonly parts: EventConsumerParts) {}

  async start(): Promise<void> {
    await this.ensure();
    // One for all: a timer for each would be made and cleared thousands of times a second.
    this.heartbeat = setInterval(() => {
      for (const message of this.handling) message.extend();
    }, this.parts.settings.ackWaitMs / 3);
    this.pulling = new PullSubscription({
      session: this.parts.session,
      stream: EVENTS_STREAM,
      durable: this.parts.durable,
      capacity: this.parts.settings.concurrency,
      onMessage: (message) => this.process(message),
    });
  }

  /** After a reconnection: the server may have lost the consumer, and has lost what it was asked for. */
  async resume(): Promise<void> {
    await this.ensure();
    this.pulling?.resume();
  }

  async stop(): Promise<void> {
    await this.pulling?.stop();
    clearInterval(this.heartbeat);
  }

  /** Creates the durable consumer when it is missing and follows changed settings. */
  private async ensure(): Promise<void> {
    const { session, durable, subject, settings } = this.parts;
    // The server never gives up by itself: an event lost to a crash on its last try would be stuck, neither handled nor dead.
    const changeable = { ack_wait: nanos(settings.ackWaitMs), max_ack_pending: MAX_UNSETTLED, max_deliver: -1 };
    const existing = await unlessMissing(session.manager.consumers.info(EVENTS_STREAM, durable));
    if (!existing) {
      const fixed = { filter_subject: subject, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
      await session.manager.consumers.add(EVENTS_STREAM, { durable_name: durable, ...fixed, ...changeable });
    } else if (existing.config.ack_wait !== changeable.ack_wait || existing.config.max_ack_pending !== MAX_UNSETTLED) {
      await session.manager.consumers.update(EVENTS_STREAM, durable, changeable);
    }
  }

  private async process(message: StreamMessage): Promise<void> {
    const { metrics, settings, subject, handle } = this.parts;
    this.handling.add(message);
    try {
      if (message.deliveryCount > settings.maxDeliveries) throw new Error('the event was never settled; its handler may end the process');
      await handle(message);
      metrics.eventHandled(subject);
    } catch (error) {
      metrics.eventFailed(subject);
      await this.refuse(message, error);
      return;
    } finally {
      this.handling.delete(message);
    }
    if (!settings.confirmAcknowledgements) {
      message.acknowledgeUnconfirmed();
      return;
    }
    await message.acknowledge().catch((error: unknown) => {
      this.logger.warn(`${subject} was handled but not acknowledged and will come again`, error);
    });
  }

  private async refuse(message: StreamMessage, error: unknown): Promise<void> {
    const { settings, subject, durable, session, metrics } = this.parts;
    const { deliveryCount } = message;
    if (deliveryCount < settings.maxDeliveries && !(error instanceof UnreadableEventError)) {
      const delay = retryDelay(deliveryCount, settings.backoffMs);
      this.logger.warn(`${durable} failed at try ${deliveryCount} of ${settings.maxDeliveries}, next in ${delay} ms`, error);
      message.retryIn(delay);
      return;
    }
    try {
      await sendToDeadLetters(session, message, durable, error);
      message.drop();
      metrics.eventDead(subject);
      this.logger.error(`${durable} gave up event ${message.streamSequence} after ${deliveryCount} tries`, error);
    } catch (failure) {
      // Better tried once more than lost.
      this.logger.error(`${durable} could not write a dead letter`, failure);
      message.retryIn(retryDelay(settings.backoffMs.length, settings.backoffMs));
    }
  }
}
