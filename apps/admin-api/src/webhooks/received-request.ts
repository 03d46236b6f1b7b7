import { isUtf8 } from 'node:buffer';
import type { ReceivedRequest } from './inbox.repository.js';

/** What arrived, as the server sees it. */
export interface Arrival {
  url: string;
  address: string;
  /** Names and values in turn, as Node has them. */
  rawHeaders: readonly string[];
  body: unknown;
}

const LONGEST_PATH = 2000;
const MASK = '•••';
/** A notification may be sent with credentials; the inbox is not the place to keep them. */
const MASKED = new Set(['authorization', 'proxy-authorization', 'cookie']);
/** Added by the proxy in front of us, not by the sender. */
const ADDED = /^(x-forwarded-|via$)/;

export function receivedRequest({ url, address, rawHeaders, body }: Arrival, at: Date): ReceivedRequest {
  const headers = pairs(rawHeaders).filter(({ name }) => !ADDED.test(name.toLowerCase()));
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const bodyEncoding = isUtf8(bytes) ? 'utf8' : 'base64';
  const contentType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  return {
    path: url.slice(0, LONGEST_PATH),
    address,
    ...(contentType === undefined ? {} : { contentType }),
    headers: headers.map(({ name, value }) => ({ name, value: MASKED.has(name.toLowerCase()) ? MASK : value })),
    body: bytes.toString(bodyEncoding),
    bodyEncoding,
    bytes: bytes.length,
    createdAt: at,
  };
}

function pairs(raw: readonly string[]): { name: string; value: string }[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [{ name, value: raw[at + 1] ?? '' }] : []));
}
