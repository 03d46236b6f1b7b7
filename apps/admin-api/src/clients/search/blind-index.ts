import { Injectable } from '@nestjs/common';
import { keyedHash, keyedHashCandidates, Keyring } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { ClientDetails } from '../client.js';
import { searchableWords } from './searchable-words.js';
import { asPrefix, prefixesOf } from './words.js';

const EMAIL_PURPOSE = 'client-email';
const WORD_PURPOSE = 'client-search';
/** 96 bits of a hash: enough that no two words share one, and the index stays small. */
const TOKEN_LENGTH = 16;

/** Each entry: the tokens one word of the query may be stored under. */
export type TokenConditions = readonly (readonly string[])[];

/**
 * Finds clients by words and e-mail addresses although both are stored encrypted: beside the record lie keyed hashes of the
 * beginnings of its words, and of its e-mail address.
 *
 * What the index tells somebody who reads the database without the keys: which clients of one organization, in one mode,
 * share a word or its beginning, how often, and about how many words of which length a client has. Common names may be
 * guessed from how often they occur. It does not tell the words, and nothing across organizations or modes, because
 * these are part of what is hashed.
 */
@Injectable()
export class BlindIndex {
  constructor(private readonly keyring: Keyring) {}

  /** Under every key of the ring, so that addresses stay unique while a rotation is under way. */
  emailHashes(scope: TenantScope, email: string): string[] {
    return keyedHashCandidates(this.keyring, EMAIL_PURPOSE, within(scope, email.normalize('NFC').toLowerCase()));
  }

  tokensOf(scope: TenantScope, client: ClientDetails): string[] {
    const words = searchableWords(client).map(({ word }) => word);
    const marked = new Set(words.flatMap((word) => [wholeWord(word), ...prefixesOf(word)]));
    return [...marked].map((text) => tokenOf(keyedHash(this.keyring, WORD_PURPOSE, within(scope, text))));
  }

  /** For clients that have each word of the query as a whole. */
  wholeWordConditions(scope: TenantScope, query: readonly (readonly string[])[]): TokenConditions {
    return query.map((forms) => this.candidates(scope, forms.map(wholeWord)));
  }

  /** For clients with words that begin like those of the query. Single letters say nothing here: no beginning of one letter is stored. */
  prefixConditions(scope: TenantScope, query: readonly (readonly string[])[]): TokenConditions {
    return query.flatMap((forms) => {
      const prefixes = forms.flatMap((form) => asPrefix(form) ?? []);
      return prefixes.length < forms.length ? [] : [this.candidates(scope, prefixes)];
    });
  }

  private candidates(scope: TenantScope, texts: readonly string[]): string[] {
    return texts.flatMap((text) => keyedHashCandidates(this.keyring, WORD_PURPOSE, within(scope, text)).map(tokenOf));
  }
}

/** Words hold letters and digits only, so this is no beginning of any. */
function wholeWord(word: string): string {
  return `=${word}`;
}

function within({ organizationId, livemode }: TenantScope, text: string): string {
  return `${organizationId}/${livemode ? 'live' : 'test'}/${text}`;
}

/** The beginning of the hash, without the name of its key. */
function tokenOf(hash: string): string {
  const start = hash.indexOf('.') + 1;
  return hash.slice(start, start + TOKEN_LENGTH);
}
