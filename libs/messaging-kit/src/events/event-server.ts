import { Inject, Injectable, Logger } from '@nestjs/common';
import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { NatsSession } from '../connection/nats-session.js';
import { EVENT_SETTINGS, MESSAGING_OPTIONS } from '../messaging-options.js';
import type { MessagingOptions } from '../messaging-options.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { HandlerRegistry } from '../wiring/handler-registry.js';
import { traitsOf } from '../wiring/handler-traits.js';
import { EventConsumer } from './event-consumer.js';
import { SingleHandling } from './event-handling.js';
import { GroupHandling } from './group-handling.js';
import { EVENTS, groupingOf } from './handles-event.js';

/** Runs one durable consumer per handled subject. */
@Injectable()
export class EventServer extends Server implements CustomTransportStrategy {
  override readonly transportId = EVENTS;
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger('events');
  private consumers: EventConsumer[] = [];

  constructor(
    @Inject(NatsSession) private readonly session: NatsSession,
    @Inject(HandlerRegistry) private readonly registry: HandlerRegistry,
    @Inject(MessagingMetrics) private readonly metrics: MessagingMetrics,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {
    super();
  }

  override addHandler(pattern: string, handler: MessageHandler, isEvent?: boolean, extras?: Record<string, unknown>): void {
    super.addHandler(pattern, handler, isEvent, extras);
    this.registry.add(pattern, traitsOf({ extras })?.name ?? 'a handler without @HandlesEvent');
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.registry.prove();
      this.consumers = [...this.messageHandlers].map(([subject, handler]) => this.consumerOf(subject, handler));
      await Promise.all(this.consumers.map((consumer) => consumer.start()));
      this.session.onReconnect(() => this.resume());
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }

  on(): void {
    throw new Error('the event server has no events of its own to listen to');
  }

  unwrap(): never {
    throw new Error('the connection is shared: it cannot be had from one transport');
  }

  private consumerOf(subject: string, handler: MessageHandler): EventConsumer {
    const traits = traitsOf(handler);
    if (!traits) throw new Error(`${subject} must be handled by a method with @HandlesEvent`);
    const grouping = groupingOf(handler);
    return new EventConsumer({
      session: this.session,
      metrics: this.metrics,
      settings: { ...EVENT_SETTINGS, ...this.options.events },
      subject,
      // Subjects have no underscore, so two of them never become the same name.
      durable: `${this.options.service}_${subject.replaceAll('.', '_')}`,
      handlingFor: (settlement) => {
        const parts = { payload: traits.payload, handler, settlement };
        return grouping ? new GroupHandling(parts, grouping) : new SingleHandling(parts);
      },
    });
  }

  private resume(): void {
    for (const consumer of this.consumers) {
      consumer.resume().catch((error: unknown) => this.logger.error('a consumer could not be resumed', error));
    }
  }
}
