import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Client } from './client.js';
import { ClientsRepository } from './clients.repository.js';
import { BlindIndex } from './search/blind-index.js';
import { fitOf, searchableWords } from './search/searchable-words.js';
import { queryWords } from './search/words.js';

/** So many clients are weighed against each other at most; of a word that fits more, the newest are. */
const MOST_WEIGHED = 200;

export interface FoundClients {
  clients: Client[];
  /** More clients fit than are shown. */
  hasMore: boolean;
}

@Injectable()
export class SearchClients {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly index: BlindIndex,
  ) {}

  /** The clients that have every word of `text`, or one that begins with it; the best fit first, then the newest. */
  async execute(scope: TenantScope, text: string, limit: number): Promise<FoundClients> {
    // The rarest word last: that is the one by which some databases go along the index.
    const query = queryWords(text).sort((a, b) => lengthOf(a) - lengthOf(b));
    const candidates = await this.candidates(scope, query);
    const fitting = candidates.flatMap((client) => {
      const fit = fitOf(searchableWords(client), query);
      return fit === undefined ? [] : [{ client, fit }];
    });
    fitting.sort(
      (a, b) => b.fit - a.fit || b.client.createdAt.getTime() - a.client.createdAt.getTime() || (b.client.id < a.client.id ? -1 : 1),
    );
    return { clients: fitting.slice(0, limit).map(({ client }) => client), hasMore: fitting.length > limit };
  }

  /** First those that have the words as a whole: they must not drown among the many that only begin so. */
  private async candidates(scope: TenantScope, query: readonly (readonly string[])[]): Promise<Client[]> {
    const whole = await this.clients.findByTokens(scope, this.index.wholeWordConditions(scope, query), MOST_WEIGHED);
    if (whole.length === MOST_WEIGHED) return whole;
    const beginning = await this.clients.findByTokens(scope, this.index.prefixConditions(scope, query), MOST_WEIGHED);
    return [...new Map([...whole, ...beginning].map((client) => [client.id, client])).values()];
  }
}

function lengthOf([form = '']: readonly string[]): number {
  return form.length;
}
