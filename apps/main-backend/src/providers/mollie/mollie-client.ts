import type { JsonAnswer, JsonApi } from '../json-api.js';

/** Where to send a request, and the key that goes with it. */
export interface MollieAccess {
  /** With the version, e.g. `https://api.mollie.com/v2`. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

interface MollieCall {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Mollie's API, version 2. Mollie's own library sends by itself, past our guard, and repeats by itself what failed. */
export class MollieClient {
  constructor(private readonly api: Pick<JsonApi, 'request'>) {}

  /** @param path its parts, each of which may be any text. @throws as JsonApi */
  async request(
    { baseUrl, apiKey }: MollieAccess,
    method: 'GET' | 'POST' | 'DELETE',
    path: readonly string[],
    { query = {}, body, idempotencyKey, signal }: MollieCall = {},
  ): Promise<JsonAnswer> {
    const url = new URL(`${baseUrl.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const headers = { authorization: `Bearer ${apiKey}`, ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}) };
    return this.api.request(url.href, { method, headers, body, signal });
  }
}
