import type { FastifyRequest } from 'fastify';
import type { RequestLanguage } from './page-frames.js';

/** What a request says about the language: the buyer's choice in the address or the form, the link's, the browser's. */
export function requestLanguage({ query, body, headers }: Pick<FastifyRequest, 'query' | 'body' | 'headers'>): RequestLanguage {
  return {
    chosen: fieldOf(body, 'language') ?? fieldOf(query, 'language'),
    link: fieldOf(query, 'locale'),
    acceptLanguage: headers['accept-language'],
  };
}

function fieldOf(fields: unknown, name: string): unknown {
  return typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>)[name] : undefined;
}
