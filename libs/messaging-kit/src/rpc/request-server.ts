import { Inject, Injectable, Logger } from '@nestjs/common';
import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { DomainError } from '@paygate/kernel';
import { runInContext } from '@paygate/nest-kit';
import { NatsSession } from '../connection/nats-session.js';
import { MESSAGING_OPTIONS } from '../messaging-options.js';
import type { MessagingOptions } from '../messaging-options.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { checkPayload } from '../validate-payload.js';
import { callHandler } from '../wiring/call-handler.js';
import { HandlerRegistry } from '../wiring/handler-registry.js';
import { traitsOf } from '../wiring/handler-traits.js';
import type { HandlerTraits } from '../wiring/handler-traits.js';
import { REQUESTS } from './handles-request.js';
import { readContext } from './message-headers.js';
import type { ReplyBody } from './reply-body.js';

/** Answers requests of other services over core NATS; instances of a service share a queue group. */
@Injectable()
export class RequestServer extends Server implements CustomTransportStrategy {
  override readonly transportId = REQUESTS;
  protected override readonly logger = new Logger('requests');
  private readonly subscriptions: Subscription[] = [];
  private readonly inFlight = new Set<Promise<void>>();

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
    this.registry.add(pattern, traitsOf({ extras })?.name ?? 'a handler without @HandlesRequest');
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.registry.prove();
      for (const [subject, handler] of this.messageHandlers) {
        const traits = traitsOf(handler);
        if (!traits) throw new Error(`${subject} must be handled by a method with @HandlesRequest`);
        this.subscriptions.push(this.subscribe(subject, traits, handler));
      }
      // The server knows the subscriptions once it has answered; before that a caller could still find nobody.
      await this.session.connection.flush();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Takes no new requests, finishes those at hand and lets their answers leave. */
  async close(): Promise<void> {
    await Promise.allSettled(this.subscriptions.splice(0).map((subscription) => subscription.drain()));
    await Promise.allSettled(this.inFlight);
    if (this.session.isConnected) await this.session.connection.flush();
  }

  on(): void {
    throw new Error('the request server has no events to listen to');
  }

  unwrap(): never {
    throw new Error('the connection is shared: it cannot be had from one transport');
  }

  private subscribe(subject: string, traits: HandlerTraits, handler: MessageHandler): Subscription {
    return this.session.connection.subscribe(subject, {
      queue: this.options.service,
      callback: (error, message) => {
        if (error) {
          this.logger.error(`the subscription of ${subject} failed: ${error.message}`);
          return;
        }
        const work: Promise<void> = this.answer(message, traits, handler).finally(() => this.inFlight.delete(work));
        this.inFlight.add(work);
      },
    });
  }

  private async answer(message: Msg, traits: HandlerTraits, handler: MessageHandler): Promise<void> {
    const observe = this.metrics.startRequest('server', message.subject);
    await runInContext(readContext(message.headers), async () => {
      let body: ReplyBody<unknown>;
      try {
        body = { result: await this.handle(message, traits, handler) };
      } catch (error) {
        body = { error: this.asDomainError(error, traits.name).toWire() };
      }
      this.reply(message, body);
      observe(body.error?.code ?? 'ok');
    });
  }

  private async handle(message: Msg, traits: HandlerTraits, handler: MessageHandler): Promise<unknown> {
    const check = checkPayload(traits.payload, parseJson(message));
    if ('problems' in check) throw DomainError.invalid(...check.problems);
    return callHandler(handler, check.value);
  }

  private reply(message: Msg, body: ReplyBody<unknown>): void {
    try {
      message.respond(JSON.stringify(body));
    } catch (error) {
      // An answer beyond the size limit of the server, or one that is not JSON.
      message.respond(JSON.stringify({ error: this.asDomainError(error, message.subject).toWire() }));
    }
  }

  private asDomainError(error: unknown, where: string): DomainError {
    if (error instanceof DomainError) return error;
    this.logger.error(`${where} failed`, error);
    return new DomainError('internal_error');
  }
}

/** Undefined for bytes that are not JSON; the payload check then says what was expected. */
function parseJson(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
