import { EventPattern } from '@nestjs/microservices';
import type { MessageHandler } from '@nestjs/microservices';
import type { EventContract } from '@paygate/messages';
import { handlerDecorator } from '../wiring/handler-traits.js';
import type { ReceivedEvent } from './event-envelope.js';
import type { Grouping } from './group-handling.js';

export const EVENTS = Symbol('paygate events');

type EventHandler<P> = (event: ReceivedEvent<P>) => Promise<void>;
type GroupHandler<P> = (events: ReceivedEvent<P>[]) => Promise<void>;

/**
 * Marks a controller method as this service's handler of `contract`. It is called at least once per event, possibly by several
 * instances and out of order: use the inbox. When it throws, the event comes again later; after the last try it becomes a dead letter.
 */
export function HandlesEvent<P extends object>(contract: EventContract<P>) {
  return <M extends EventHandler<P>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>): void => {
    handlerDecorator(contract.payload, (traits) => EventPattern([contract.subject], EVENTS, traits))(target, key, descriptor);
  };
}

/**
 * As {@link HandlesEvent}, for a subject with so many events that they are better handled together: the method gets all that came
 * while the previous group was being worked on, in the order of the stream. When it throws, each event is tried alone, so that one that cannot be
 * handled does not hold up the others; an error that says that something the service needs is away (`service_unavailable`,
 * `upstream_timeout`) is that of the whole group. A group has a request context of its own, a single event that of its cause.
 */
export function HandlesEventGroups<P extends object>(contract: EventContract<P>, grouping: Grouping) {
  return <M extends GroupHandler<P>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>): void => {
    handlerDecorator(contract.payload, (traits) => EventPattern([contract.subject], EVENTS, { ...traits, grouping }))(
      target,
      key,
      descriptor,
    );
  };
}

/** Undefined for handlers of single events. */
export function groupingOf(handler: Pick<MessageHandler, 'extras'>): Grouping | undefined {
  return (handler.extras as { grouping?: Grouping } | undefined)?.grouping;
}
