import { DomainError } from '@paygate/kernel';
import { undecided } from '../json-api.js';
import type { JsonAnswer, JsonApi } from '../json-api.js';
import { dateIn, listIn, objectIn, textIn } from '../json-reading.js';
import type { JsonObject } from '../json-reading.js';
import { conflictIn, isNotFound } from './gocardless-errors.js';

/** The version of the API every request names. */
const VERSION = '2015-07-06';
/** As many as GoCardless gives at once. */
const PAGE = '500';
/** Ten thousand entries. Whoever has more to look through gets no answer rather than a wrong one. */
const MOST_PAGES = 20;

export type Resource = 'billing_requests' | 'billing_request_flows' | 'mandates' | 'payments' | 'refunds' | 'events' | 'creditors';

/** Where to send a request, and the token that goes with it. */
export interface GoCardlessAccess {
  readonly baseUrl: string;
  readonly accessToken: string;
}

type Query = Readonly<Record<string, string>>;

/** GoCardless' API. Its own library has no way to be told where to send requests, or how. */
export class GoCardlessClient {
  constructor(
    private readonly api: Pick<JsonApi, 'request'>,
    private readonly access: GoCardlessAccess,
    private readonly signal?: AbortSignal,
  ) {}

  /** Undefined when GoCardless says that there is none. @throws DomainError provider_error */
  async find(resource: Resource, id: string): Promise<JsonObject | undefined> {
    const answer = await this.send('GET', [resource, id]);
    return isNotFound(answer) ? undefined : resourceOf(answer, resource);
  }

  /** The first page of a list. @throws DomainError provider_error */
  async list(resource: Resource, query: Query): Promise<readonly unknown[]> {
    return entriesOf(await this.send('GET', [resource], { query }), resource);
  }

  /** The first entry of a list that fits; lists are newest first, and nothing older than `earliest` is looked at. */
  async findInList(resource: Resource, fits: (entry: unknown) => boolean, earliest?: Date): Promise<unknown> {
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.send('GET', [resource], { query: { limit: PAGE, ...(after === undefined ? {} : { after }) } });
      const entries = entriesOf(answer, resource);
      const found = entries.find(fits);
      if (found !== undefined) return found;
      const oldest = dateIn(entries.at(-1), 'created_at');
      after = textIn(objectIn(objectIn(answer.body, 'meta'), 'cursors'), 'after');
      if (after === undefined || (earliest && oldest && oldest < earliest)) return undefined;
    }
    throw new DomainError('provider_error', 'The payment provider has too much to look through.');
  }

  /**
   * Makes something, once under one key: a repetition is answered with what the first time made, as it stands by now.
   * @returns the answer itself when nothing was made
   */
  async create(resource: Resource, fields: object, idempotencyKey?: string): Promise<{ made: JsonObject } | { refused: JsonAnswer }> {
    const answer = await this.send('POST', [resource], { body: { [resource]: fields }, idempotencyKey });
    if (answer.status === 200 || answer.status === 201) return { made: resourceOf(answer, resource) };
    const conflict = conflictIn(answer);
    const existing = conflict === undefined ? undefined : await this.find(resource, conflict);
    return existing ? { made: existing } : { refused: answer };
  }

  async act(resource: Resource, id: string, action: string): Promise<JsonAnswer> {
    return this.send('POST', [resource, id, 'actions', action], { body: { data: {} } });
  }

  async send(
    method: 'GET' | 'POST',
    path: readonly string[],
    { query = {}, body, idempotencyKey }: { query?: Query; body?: object; idempotencyKey?: string } = {},
  ): Promise<JsonAnswer> {
    const url = new URL(`${this.access.baseUrl.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = {
      authorization: `Bearer ${this.access.accessToken}`,
      'gocardless-version': VERSION,
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    };
    return this.api.request(url.href, { method, headers, body, signal: this.signal });
  }
}

function resourceOf(answer: JsonAnswer, resource: Resource): JsonObject {
  const body = answer.status === 200 || answer.status === 201 ? objectIn(answer.body, resource) : {};
  if (Object.keys(body).length === 0) throw undecided(answer);
  return body;
}

function entriesOf(answer: JsonAnswer, resource: Resource): readonly unknown[] {
  const entries = answer.status === 200 ? listIn(answer.body, resource) : undefined;
  if (!entries) throw undecided(answer);
  return entries;
}
