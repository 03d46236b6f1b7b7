import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { currentContext } from '@paygate/nest-kit';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';

/** Says in a header that an answer is the one an earlier request with the same Idempotency-Key got. */
@Injectable()
export class ReplayHeaderInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(() => {
        if (currentContext()?.replayed === true) void reply.header('Idempotent-Replayed', 'true');
      }),
    );
  }
}
