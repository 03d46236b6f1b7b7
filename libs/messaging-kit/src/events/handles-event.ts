import { EventPattern } from '@nestjs/microservices';
import type { EventContract } from '@paygate/messages';
import { handlerDecorator } from '../wiring/handler-traits.js';
import type { ReceivedEvent } from './event-envelope.js';

export const EVENTS = Symbol('paygate events');

type EventHandler<P> = (event: ReceivedEvent<P>) => Promise<void>;

/**
 * Marks a controller method as this service's handler of `contract`. It is called at least once per event, possibly by several
 * instances and out of order: use the inbox. When it throws, the event comes again later; after the last try it becomes a dead letter.
 */
export function HandlesEvent<P extends object>(contract: EventContract<P>) {
  return <M extends EventHandler<P>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>): void => {
    handlerDecorator(contract.payload, (traits) => EventPattern([contract.subject], EVENTS, traits))(target, key, descriptor);
  };
}
