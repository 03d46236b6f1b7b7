import { MessagePattern } from '@nestjs/microservices';
import type { RequestContract } from '@paygate/messages';
import { handlerDecorator } from '../wiring/handler-traits.js';

export const REQUESTS = Symbol('paygate requests');

type RequestHandler<Q, R> = (payload: Q) => Promise<R>;

/**
 * Marks a controller method as the one that answers `contract`. The method gets a checked instance of the request class.
 * A DomainError it throws arrives as the same error at the caller; anything else arrives as `internal_error` and is logged here.
 */
export function HandlesRequest<Q extends object, R extends object>(contract: RequestContract<Q, R>) {
  return <M extends RequestHandler<Q, R>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>): void => {
    handlerDecorator(contract.request, (traits) => MessagePattern(contract.subject, REQUESTS, traits))(target, key, descriptor);
  };
}
