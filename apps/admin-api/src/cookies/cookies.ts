import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface CookieOptions {
  /** Seconds the browser keeps it; 0 makes it forget. */
  maxAge: number;
  /** Only over https. */
  secure: boolean;
}

export function readCookie({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[name];
}

/**
 * Adds a cookie no script can read and no other site can make the browser send. It is valid for the whole host because the
 * API answers below `/v1` and `/api/v1`.
 */
export function setStrictCookie(reply: Pick<FastifyReply, 'header'>, name: string, value: string, options: CookieOptions): void {
  void reply.header('set-cookie', stringifySetCookie({ name, value, path: '/', httpOnly: true, sameSite: 'strict', ...options }));
}
