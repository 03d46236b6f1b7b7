import { Catch, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { classifyError, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { sendPage } from '../html-pages/index.js';
import type { CheckoutMessages, StateText } from './messages/index.js';
import { PageFrames } from './page-frames.js';
import { pageSources } from './page-sources.js';
import { requestLanguage } from './request-language.js';
import { plainDocument } from './views/index.js';

/** Buyers get a page, not a JSON body: what happened, what to do, and the number support asks for. */
@Catch()
export class CheckoutPageFilter implements ExceptionFilter {
  constructor(
    private readonly frames: PageFrames,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { code, status } = classifyError(error);
    if (status >= 500) this.logger.error({ err: error, requestId: request.id, code }, 'a payment page failed');
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const frame = this.frames.plain(requestLanguage(request));
    const document = plainDocument({ frame, text: textFor(status, frame.messages), requestId: status === 404 ? undefined : request.id });
    sendPage(reply, status, document, pageSources(frame));
  }
}

function textFor(status: number, messages: CheckoutMessages): StateText {
  if (status === 404) return messages.unknown;
  if (status === 429) return messages.tooMany;
  return status === 403 ? messages.notFromHere : messages.trouble;
}
