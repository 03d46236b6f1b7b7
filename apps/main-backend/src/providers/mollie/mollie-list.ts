import { DomainError } from '@paygate/kernel';
import { undecided } from '../json-api.js';
import { dateIn, listIn } from '../json-reading.js';
import type { MollieAccess, MollieClient } from './mollie-client.js';
import { isMollieError, nextIn } from './mollie-translation.js';

/** As many as Mollie gives at once. */
const PAGE = '250';
/** Ten thousand entries. Whoever has more to look through gets no answer rather than a wrong one. */
const MOST_PAGES = 40;

export interface MollieListing {
  readonly path: readonly string[];
  /** Under which its entries are embedded. */
  readonly name: 'payments' | 'refunds';
  /** The lists are newest first: beyond an entry older than this there is nothing to find. */
  readonly earliest?: Date;
}

/**
 * The first entry of a list that fits; undefined when there is none.
 * @throws DomainError provider_error when that cannot be said
 */
export async function findInList(
  client: MollieClient,
  access: MollieAccess,
  { path, name, earliest }: MollieListing,
  fits: (entry: unknown) => boolean,
): Promise<unknown> {
  let from: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.request(access, 'GET', path, { query: { limit: PAGE, from } });
    // The list of something that is not there.
    if (answer.status === 404 && isMollieError(404, answer.body)) return undefined;
    const embedded = answer.status === 200 ? (answer.body as { _embedded?: unknown } | undefined)?._embedded : undefined;
    const entries = listIn(embedded, name);
    if (!entries) throw undecided(answer);
    const found = entries.find(fits);
    if (found !== undefined) return found;
    const oldest = dateIn(entries.at(-1), 'createdAt');
    from = nextIn(answer.body);
    if (from === undefined || (earliest && oldest && oldest < earliest)) return undefined;
  }
  throw new DomainError('provider_error', 'The payment provider has too much to look through.');
}
