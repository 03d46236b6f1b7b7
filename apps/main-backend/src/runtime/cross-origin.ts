import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BuyerOrigins } from './buyer-origins.js';

const RUNTIME_API = /^\/api\/v1\/(checkouts|transactions|vat)(\/|$)/;
const PREFLIGHT_SECONDS = 600;
/** Headers the page may read besides the few that browsers always show. */
const READABLE_HEADERS = 'X-Request-ID, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset';

/**
 * Lets the pages of allowed origins read the answers of the runtime API (CORS). A browser asks before it sends, when the
 * checkout is not known yet, so here any site's origins count; the request itself is checked against its own site.
 */
export function allowBuyerOrigins(app: NestFastifyApplication): void {
  const origins = app.get(BuyerOrigins);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      const path = request.url.split('?', 1)[0] ?? '';
      if (!RUNTIME_API.test(path)) {
        done();
        return;
      }
      void reply.header('vary', 'Origin');
      const { origin } = request.headers;
      if (origin === undefined || !origins.isKnown(origin)) {
        done();
        return;
      }
      void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': READABLE_HEADERS });
      if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
        done();
        return;
      }
      void reply
        .headers({
          'access-control-allow-methods': 'GET, POST',
          'access-control-allow-headers': 'Content-Type, X-Checkout-Session, X-Request-ID',
          'access-control-max-age': String(PREFLIGHT_SECONDS),
        })
        .code(204)
        .send();
    });
}
