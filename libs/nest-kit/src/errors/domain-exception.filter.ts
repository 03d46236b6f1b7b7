import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { throwError } from 'rxjs';
import { pathOf } from '../http/request-path.js';
import { classifyError } from './classify-error.js';
import { choosePresenter } from './error-presenter.js';
import type { SurfacePresenter } from './error-presenter.js';

/** Answers every error of every HTTP route with the error body of its surface, and logs what is our fault. */
@Catch()
export class DomainExceptionFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly surfaces: readonly SurfacePresenter[] = [],
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    // Message handlers answer in their own transport's form.
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    return undefined;
  }

  /** Sends the error body, unless an answer has already begun; then only the connection can tell. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { code, status, message, details } = classifyError(error);
    const path = pathOf(request.url);
    if (status >= 500) {
      this.logger.error({ err: error, requestId: request.id, method: request.method, path, code }, 'request failed');
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const body = choosePresenter(this.surfaces, path)({ code, status, message, requestId: request.id, details });
    const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
    void reply.header('x-request-id', request.id).code(status).type(type).send(body);
  }
}
