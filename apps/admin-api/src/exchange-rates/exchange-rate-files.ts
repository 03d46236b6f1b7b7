import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** What a file of rates may be sent as. */
export const FILE_TYPES: Readonly<Record<string, 'csv' | 'xml'>> = { 'text/csv': 'csv', 'application/xml': 'xml', 'text/xml': 'xml' };

const ROUTE = '/api/v1/system/exchange-rates';
/** Stand for the types above on their way to the parser that hands files on as they come in, to this route alone. */
const STREAMED = { csv: 'application/vnd.paygate.exchange-rates.csv', xml: 'application/vnd.paygate.exchange-rates.xml' } as const;

/** A file on its way in. It is read once the guards have let the request through. */
export class IncomingFile {
  /** Hidden from what walks through bodies: a stream is no data, and leads everywhere. */
  readonly #chunks: AsyncIterable<Uint8Array>;

  constructor(
    readonly kind: 'csv' | 'xml',
    chunks: AsyncIterable<Uint8Array>,
  ) {
    this.#chunks = chunks;
  }

  get chunks(): AsyncIterable<Uint8Array> {
    return this.#chunks;
  }
}

@Injectable()
export class ExchangeRateFiles implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', (request, _reply, done) => {
      const { headers } = request.raw;
      const kind = FILE_TYPES[(headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''];
      if (kind && request.method === 'PUT' && request.routeOptions.url === ROUTE) headers['content-type'] = STREAMED[kind];
      done();
    });
    for (const kind of ['csv', 'xml'] as const) {
      server.addContentTypeParser(STREAMED[kind], (_request, payload, done) => done(null, new IncomingFile(kind, payload)));
    }
  }
}
