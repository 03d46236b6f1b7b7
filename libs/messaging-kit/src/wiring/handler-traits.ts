import { applyDecorators, Catch, UseFilters } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import type { MessageHandler } from '@nestjs/microservices';
import type { MessageClass } from '@paygate/messages';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';

/** What a decorator tells the transport about a handler. */
export interface HandlerTraits {
  payload: MessageClass<object>;
  /** For people, e.g. `CheckoutMessages.create`. */
  name: string;
}

/** Hands the original error to the transport; Nest's own filter would make every one of them an anonymous failure. */
@Catch()
class OriginalErrorFilter implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Builds a method decorator from Nest's pattern decorator. */
export function handlerDecorator(payload: MessageClass<object>, pattern: (traits: HandlerTraits) => MethodDecorator): MethodDecorator {
  return (target, key, descriptor) => {
    const name = `${target.constructor.name}.${String(key)}`;
    const traits: HandlerTraits = { payload, name };
    applyDecorators(pattern(traits), UseFilters(OriginalErrorFilter))(target, key, descriptor);
  };
}

/** Undefined for handlers not made by the decorators of this library. */
export function traitsOf(handler: Pick<MessageHandler, 'extras'>): HandlerTraits | undefined {
  const traits = handler.extras as Partial<HandlerTraits> | undefined;
  return traits?.payload && traits.name ? { payload: traits.payload, name: traits.name } : undefined;
}
