import { Inject, Injectable, Logger } from '@nestjs/common';
import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { runInContext } from '@paygate/nest-kit';
import { isObservable, lastValueFrom } from 'rxjs';
import { NatsSession } from '../connection/nats-session.js';
import { EVENT_SETTINGS, MESSAGING_OPTIONS } from '../messaging-options.js';
import type { MessagingOptions } from '../messaging-options.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { readContext } from '../rpc/message-headers.js';
import { HandlerRegistry } from '../wiring/handler-registry.js';
import { traitsOf } from '../wiring/handler-traits.js';
import type { HandlerTraits } from '../wiring/handler-traits.js';
import { EventConsumer } from './event-consumer.js';
import { readEvent } from './event-envelope.js';
import { EVENTS } from './handles-event.js';
import type { StreamMessage } from './stream-message.js';

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
    return new EventConsumer({
      session: this.session,
      metrics: this.metrics,
      settings: { ...EVENT_SETTINGS, ...this.options.events },
      subject,
      // Subjects have no underscore, so two of them never become the same name.
      durable: `${this.options.service}_${subject.replaceAll('.', '_')}`,
      handle: (message) => this.handle(message, traits, handler),
    });
  }

  private async handle(message: StreamMessage, traits: HandlerTraits, handler: MessageHandler): Promise<void> {
    const event = readEvent(message.data, traits.payload, message.deliveryCount);
    await runInContext({ actor: 'system', ...readContext(message.headers), requestId: event.requestId }, async () => {
      const result: unknown = await handler(event);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    });
  }

  private resume(): void {
    for (const consumer of this.consumers) {
      consumer.resume().catch((error: unknown) => this.logger.error('a consumer could not be resumed', error));
    }
  }
}
