import { DomainError } from '@paygate/kernel';
import { ALL_EVENTS } from '@paygate/messages';
import type { EndpointFamily } from '@paygate/messages';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import type { TargetGuard } from '@paygate/nest-kit';
import {
  isResponseHashKey,
  isSigningSecret,
  NOTIFICATION_EVENTS,
  NOTIFICATION_HEADERS,
  OPERATIONAL_EVENTS,
} from '@paygate/webhook-protocol';
import type { EndpointRow } from './endpoint.schema.js';

const MAX_HEADER_BYTES = 4_096;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** What HTTP allows in a value, without bytes outside ASCII, which receivers read in different ways. */
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;
const OURS = new Set([
  ...['host', 'content-type', 'content-length', 'content-encoding', 'user-agent', 'connection', 'keep-alive', 'transfer-encoding'],
  ...['te', 'trailer', 'upgrade', 'expect', 'http2-settings', 'date', 'cookie', 'forwarded', 'traceparent', 'tracestate'],
]);
const OUR_PREFIXES = ['proxy-', 'sec-', 'x-forwarded-', ':'];

/** @throws DomainError `validation_failed` */
export function checkedUrl(url: string, guard: Pick<TargetGuard, 'check'>): URL {
  try {
    const target = guard.check(url);
    if (!target.hash) return target;
  } catch (error) {
    if (!(error instanceof TargetNotAllowedError)) throw error;
  }
  throw DomainError.invalid({
    field: 'url',
    code: 'url_not_allowed',
    message: 'url must be a public http or https address without credentials and fragment.',
    expected: 'e.g. https://shop.example/webhooks',
  });
}

/** The events without repetitions. @throws DomainError `validation_failed` */
export function checkedEvents(family: EndpointFamily, events: readonly string[]): string[] {
  const known: readonly string[] = NOTIFICATION_EVENTS[family];
  const unknown = events.find((event) => event !== ALL_EVENTS && !known.includes(event));
  if (unknown === undefined) {
    const isNeeded = (event: string): boolean => event === ALL_EVENTS || OPERATIONAL_EVENTS.includes(event);
    return [...new Set(events.includes(ALL_EVENTS) ? events.filter(isNeeded) : events)];
  }
  throw DomainError.invalid({
    field: 'events',
    code: 'unknown_event',
    message: `events contains ${JSON.stringify(unknown)}, which this kind of endpoint does not have.`,
    expected: [ALL_EVENTS, ...known].join(', '),
  });
}

/** Events about notifications themselves have to be asked for by name. */
export function subscribes({ events }: Pick<EndpointRow, 'events'>, event: string): boolean {
  return events.includes(event) || (events.includes(ALL_EVENTS) && !OPERATIONAL_EVENTS.includes(event));
}

export interface GivenHeader {
  name: string;
  value: string;
}

/** @throws DomainError `validation_failed` */
export function checkHeaders(headers: readonly GivenHeader[], hasCredentials: boolean): void {
  const seen = new Set<string>();
  let bytes = 0;
  for (const [at, { name, value }] of headers.entries()) {
    const lower = name.toLowerCase();
    if (!HEADER_NAME.test(name)) refuseHeader(at, 'name', 'is not the name of an HTTP header');
    if (isOurs(lower)) refuseHeader(at, 'name', 'is set by the platform');
    if (lower === 'authorization' && hasCredentials) refuseHeader(at, 'name', 'is made from the credentials');
    if (seen.has(lower)) refuseHeader(at, 'name', 'stands there twice');
    if (!HEADER_VALUE.test(value)) refuseHeader(at, 'value', 'must be printable ASCII');
    seen.add(lower);
    bytes += name.length + value.length;
  }
  if (bytes <= MAX_HEADER_BYTES) return;
  throw DomainError.invalid({
    field: 'headers',
    code: 'too_long',
    message: 'headers is too long.',
    expected: `${MAX_HEADER_BYTES} characters in names and values`,
  });
}

/** @throws DomainError `validation_failed` */
export function checkSecret(family: EndpointFamily, secret: string): void {
  if (isSigningSecret(secret) || (family === 'platform_webhook' && isResponseHashKey(secret))) return;
  throw DomainError.invalid({
    field: 'secret',
    code: 'malformed',
    message: 'secret has the wrong form.',
    expected: family === 'platform_webhook' ? 'whsec_ and base64, or a response hash key' : 'whsec_ and base64',
  });
}

/** @throws DomainError `validation_failed` for what a Basic header cannot carry */
export function checkCredentials({ username, password }: { username: string; password: string }): void {
  if (!username.includes(':') && !/\p{Cc}/u.test(username + password)) return;
  throw DomainError.invalid({
    field: 'credentials',
    code: 'malformed',
    message: 'credentials cannot be sent: no colon in the user name, no control characters.',
  });
}

function isOurs(name: string): boolean {
  return OURS.has(name) || NOTIFICATION_HEADERS.has(name) || OUR_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function refuseHeader(at: number, field: 'name' | 'value', problem: string): never {
  throw DomainError.invalid({
    field: `headers[${at}].${field}`,
    code: 'header_not_allowed',
    message: `headers[${at}].${field} ${problem}.`,
  });
}
