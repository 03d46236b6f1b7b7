import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

const INTERNAL_RANGES: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);

/** Whether the address is of this machine or of a private network. */
export function isInternalAddress(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && INTERNAL_RANGES.has(ipaddr.process(address).range());
}

/**
 * Both the peer and the client it speaks for must be internal: behind a reverse proxy the peer always is, and only the
 * client address tells an outsider.
 */
export function isInternalRequest(request: FastifyRequest): boolean {
  return isInternalAddress(request.socket.remoteAddress) && isInternalAddress(request.ip);
}

/** Whether the Authorization header carries this bearer token; takes the same time for every wrong token. */
export function hasBearerToken(request: FastifyRequest, token: string): boolean {
  const header = request.headers.authorization ?? '';
  return timingSafeEqual(digest(header), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
