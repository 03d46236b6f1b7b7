import type { MessageHandler } from '@nestjs/microservices';
import type { MessageClass } from '@paygate/messages';
import { runInContext } from '@paygate/nest-kit';
import type { RequestContext } from '@paygate/nest-kit';
import { readContext } from '../rpc/message-headers.js';
import { callHandler } from '../wiring/call-handler.js';
import { readEvent } from './event-envelope.js';
import type { ReceivedEvent } from './event-envelope.js';
import type { StreamMessage } from './stream-message.js';

/** Is told what became of each message: once, in one of the two ways. Neither throws. */
export interface Settlement {
  handled(messages: readonly StreamMessage[]): void;
  failed(message: StreamMessage, error: unknown): void;
}

/** The way of the messages of one subject to their handler. Callbacks instead of promises: there are thousands of them a second. */
export interface EventHandling {
  /** Does not throw; what fails is told to the settlement. */
  take(message: StreamMessage): void;
}

export interface HandlingParts<P extends object> {
  payload: MessageClass<P>;
  handler: MessageHandler;
  settlement: Settlement;
}

/** Calls the handler with one event at a time, with as many at once as there are at hand. */
export class SingleHandling<P extends object> implements EventHandling {
  constructor(private readonly parts: HandlingParts<P>) {}

  take(message: StreamMessage): void {
    const { payload, handler, settlement } = this.parts;
    let event: ReceivedEvent<P>;
    try {
      event = readEvent(message.data, payload, message.deliveryCount);
    } catch (error) {
      settlement.failed(message, error);
      return;
    }
    runInContext(contextOf(event, message), () => callHandler(handler, event)).then(
      () => settlement.handled([message]),
      (error: unknown) => settlement.failed(message, error),
    );
  }
}

/** Work on one event is part of the request that caused it. */
export function contextOf(event: ReceivedEvent<object>, message: StreamMessage): RequestContext {
  return { actor: 'system', ...readContext(message.headers), requestId: event.requestId };
}
