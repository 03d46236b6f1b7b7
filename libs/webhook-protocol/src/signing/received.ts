/** Header bags of Node, Express, Fastify (`IncomingHttpHeaders`) and of the fetch API. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | string[] | undefined>>;

/** What a receiver hands in to have a notification verified. */
export interface ReceivedNotification {
  /** The signing secret, or several while you replace it. Their order does not matter. */
  secret: string | readonly string[];
  headers: ReceivedHeaders;
  /** The raw bytes as received. A body that was parsed and serialised again does not verify. */
  body: string | Uint8Array;
  /** Default: the present. */
  now?: Date;
  /** How far the timestamp may be from `now`, in either direction. Default 300. */
  toleranceSeconds?: number;
}

/** Why a notification of any family is refused. */
export type CommonRefusal =
  'header_missing' | 'timestamp_malformed' | 'timestamp_out_of_tolerance' | 'signature_mismatch' | 'body_unreadable';

const DEFAULT_TOLERANCE_SECONDS = 300;

export function readHeader(headers: ReceivedHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const wanted = name.toLowerCase();
  const key = Object.hasOwn(headers, wanted) ? wanted : Object.keys(headers).find((candidate) => candidate.toLowerCase() === wanted);
  const value = key === undefined ? undefined : headers[key];
  return Array.isArray(value) ? value[0] : value;
}

/** @throws TypeError when there is none: an empty list would refuse everything without a word */
export function secretsOf({ secret }: ReceivedNotification): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : secret;
  if (secrets.length === 0) throw new TypeError('at least one signing secret is needed');
  return secrets;
}

/** The bytes that were signed. Text that is not UTF-8 must not be repaired before it is compared. */
export function bytesOf({ body }: ReceivedNotification): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
}

/** Reads a timestamp header and checks its age. */
export function readSentAt(
  seconds: string,
  input: ReceivedNotification,
): Date | Extract<CommonRefusal, 'timestamp_malformed' | 'timestamp_out_of_tolerance'> {
  if (!/^\d{1,12}$/.test(seconds)) return 'timestamp_malformed';
  const sentAt = new Date(Number(seconds) * 1000);
  const distance = Math.abs((input.now ?? new Date()).getTime() - sentAt.getTime());
  return distance > (input.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS) * 1000 ? 'timestamp_out_of_tolerance' : sentAt;
}

/** The JSON object of a body; undefined when it is anything else. */
export function readObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
