import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body exactly as received; only on routes under /hooks, where signatures are computed over it. */
    rawBody?: Buffer;
  }
}

const KEPT_UNDER = /^\/hooks(\/|$)/;

/** Keeps the received bytes of requests under /hooks, whatever their media type. Other routes pay nothing. */
export function keepRawBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (!KEPT_UNDER.test(route.url)) return;
    const own = route.preParsing === undefined ? [] : [route.preParsing].flat();
    route.preParsing = [...own, keepRawBody];
  });
}

function keepRawBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
  done: (error?: Error | null, payload?: RequestPayload) => void,
): void {
  const chunks: Buffer[] = [];
  const copy = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      chunks.push(chunk);
      next(null, chunk);
    },
    // Runs before the copy ends, so the raw body is there when the parser has the whole text.
    flush(next) {
      request.rawBody = Buffer.concat(chunks);
      next();
    },
  });
  payload.once('error', (error) => copy.destroy(error));
  done(null, payload.pipe(copy));
}
