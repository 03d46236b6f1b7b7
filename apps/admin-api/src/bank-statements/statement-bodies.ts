import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DomainError } from '@paygate/kernel';
import type { FastifyInstance } from 'fastify';

/** What a statement may be sent as. */
export const STATEMENT_TYPES: Readonly<Record<string, 'xml' | 'csv'>> = { 'application/xml': 'xml', 'text/xml': 'xml', 'text/csv': 'csv' };

const ROUTE = '/api/v1/bank-statements';
/** A month of a busy account; longer ones can be sent in parts. */
const LIMIT_BYTES = 4 * 1024 * 1024;

/** Lets the upload of statements, and nothing else, take files. */
@Injectable()
export class StatementBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const options = { parseAs: 'buffer', bodyLimit: LIMIT_BYTES } as const;
    server.addContentTypeParser(Object.keys(STATEMENT_TYPES), options, (request, body, done) => {
      if (request.routeOptions.url === ROUTE) done(null, body);
      else done(new DomainError('unsupported_media_type'));
    });
  }
}
