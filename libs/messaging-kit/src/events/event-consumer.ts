import { Logger } from '@nestjs/common';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { NatsSession } from '../connection/nats-session.js';
import { EVENTS_STREAM, unlessMissing } from '../connection/topology.js';
import type { EventSettings } from '../messaging-options.js';
import type { MessagingMetrics } from '../messaging-metrics.js';
import { sendToDeadLetters } from './dead-letters.js';
import { UnreadableEventError } from './event-envelope.js';
import type { EventHandling, Settlement } from './event-handling.js';
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
  handlingFor: (settlement: Settlement) => EventHandling;
}

/** Takes the events of one subject and settles each: acknowledged, to be tried again, or dead. */
export class EventConsumer implements Settlement {
  private readonly logger = new Logger('events');
  private pulling?: PullSubscription;
  private readonly handling: EventHandling;
  /** With their handler, or on their way to it. */
  private readonly unsettled = new Set<StreamMessage>();
  private heartbeat?: NodeJS.Timeout;

  constructor(private readonly parts: EventConsumerParts) {
    this.handling = parts.handlingFor(this);
  }

  async start(): Promise<void> {
    await this.ensure();
    // One for all: a timer for each would be made and cleared thousands of times a second.
    this.heartbeat = setInterval(() => {
      for (const message of this.unsettled) message.extend();
    }, this.parts.settings.ackWaitMs / 3);
    this.pulling = new PullSubscription({
      session: this.parts.session,
      stream: EVENTS_STREAM,
      durable: this.parts.durable,
      capacity: this.parts.settings.concurrency,
      onMessage: (message) => this.take(message),
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

  handled(messages: readonly StreamMessage[]): void {
    const { metrics, settings, subject } = this.parts;
    metrics.eventsHandled(subject, messages.length);
    for (const message of messages) {
      this.unsettled.delete(message);
      if (settings.confirmAcknowledgements) void this.acknowledge(message);
      else message.acknowledgeUnconfirmed();
    }
    if (!settings.confirmAcknowledgements) this.pulling?.finished(messages.length);
  }

  failed(message: StreamMessage, error: unknown): void {
    this.parts.metrics.eventFailed(this.parts.subject);
    void this.refuse(message, error);
  }

  private take(message: StreamMessage): void {
    this.unsettled.add(message);
    if (message.deliveryCount <= this.parts.settings.maxDeliveries) this.handling.take(message);
    else this.failed(message, new Error('the event was never settled; its handler may end the process'));
  }

  private async acknowledge(message: StreamMessage): Promise<void> {
    try {
      await message.acknowledge();
    } catch (error) {
      this.logger.warn(`${this.parts.subject} was handled but not acknowledged and will come again`, error);
    }
    this.pulling?.finished(1);
  }

  private async refuse(message: StreamMessage, error: unknown): Promise<void> {
    if (this.isFinal(message, error)) await this.bury(message, error);
    else this.retryLater(message, error);
    this.unsettled.delete(message);
    this.pulling?.finished(1);
  }

  private isFinal({ deliveryCount }: StreamMessage, error: unknown): boolean {
    return deliveryCount >= this.parts.settings.maxDeliveries || error instanceof UnreadableEventError;
  }

  private retryLater(message: StreamMessage, error: unknown): void {
    const { durable, settings } = this.parts;
    const { deliveryCount } = message;
    const delay = retryDelay(deliveryCount, settings.backoffMs);
    this.logger.warn(`${durable} failed at try ${deliveryCount} of ${settings.maxDeliveries}, next in ${delay} ms`, error);
    message.retryIn(delay);
  }

  private async bury(message: StreamMessage, error: unknown): Promise<void> {
    const { settings, subject, durable, session, metrics } = this.parts;
    try {
      await sendToDeadLetters(session, message, durable, error);
      message.drop();
      metrics.eventDead(subject);
      this.logger.error(`${durable} gave up event ${message.streamSequence} after ${message.deliveryCount} tries`, error);
    } catch (failure) {
      // Better tried once more than lost.
      this.logger.error(`${durable} could not write a dead letter`, failure);
      message.retryIn(retryDelay(settings.backoffMs.length, settings.backoffMs));
    }
  }
}
