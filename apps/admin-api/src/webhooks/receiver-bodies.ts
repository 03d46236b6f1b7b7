import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DomainError } from '@paygate/kernel';
import type { FastifyInstance } from 'fastify';

const ROUTE = '/api/v1/webhooks/:slug';
const LIMIT_BYTES = 64 * 1024;
/** Stands for any type, or none, on its way to the parser that takes bytes as they are. */
const AS_BYTES = 'application/vnd.paygate.received';

/** Lets the test receiver, and nothing else, take bodies of every type, also JSON that is none. */
@Injectable()
export class ReceiverBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', (request, _reply, done) => {
      // What was sent stays in the raw headers.
      if (request.method === 'POST' && request.routeOptions.url === ROUTE) request.raw.headers['content-type'] = AS_BYTES;
      done();
    });
    server.addContentTypeParser(AS_BYTES, { parseAs: 'buffer', bodyLimit: LIMIT_BYTES }, (request, body, done) => {
      if (request.routeOptions.url === ROUTE) done(null, body);
      else done(new DomainError('unsupported_media_type'));
    });
  }
}
