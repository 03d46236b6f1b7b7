import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { readForm } from './read-form.js';

const FORM_TYPE = 'application/x-www-form-urlencoded';
/** Our longest form is a few kilobytes. */
const FORM_LIMIT_BYTES = 32 * 1024;

/** Lets the service read HTML forms. Every module with pages imports it; it acts once. */
@Module({})
export class HtmlPagesModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    if (server.hasContentTypeParser(FORM_TYPE)) return;
    server.addContentTypeParser(FORM_TYPE, { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES }, (_request, body, done) => {
      done(null, readForm(body.toString()));
    });
  }
}
