import type { ClientDetails } from '../client.js';
import { wordsOf } from './words.js';

/** More words than this are not indexed: a company name of two hundred words would fill the index for nothing. */
const MOST_WORDS = 60;

/** A word a client is found by, and how much it says about who is meant. */
export interface SearchableWord {
  word: string;
  weight: number;
}

/** The words of a client, the telling ones first. Each word comes once. */
export function searchableWords(client: ClientDetails): SearchableWord[] {
  const { firstName, lastName, company, email, externalId, phone, taxInfo } = client;
  const texts: [string | undefined, number][] = [
    [lastName, 4],
    [firstName, 3],
    [company, 3],
    [email, 2],
    [externalId, 1],
    [taxInfo?.taxId, 1],
    // People type a number without the blanks that somebody else put into it.
    [taxInfo?.taxId?.replaceAll(/[\s./-]/g, ''), 1],
    [phone, 1],
    [phone?.replaceAll(/\D/g, ''), 1],
  ];
  const words = new Map<string, number>();
  for (const [text, weight] of texts) {
    for (const word of wordsOf(text ?? '')) if (!words.has(word) && words.size < MOST_WORDS) words.set(word, weight);
  }
  return [...words].map(([word, weight]) => ({ word, weight }));
}

const WHOLE_WORD = 10;

/**
 * How well a client fits a query: more for whole words than for beginnings, and for names than for other words.
 * Undefined when a word of the query is not found.
 */
export function fitOf(words: readonly SearchableWord[], query: readonly (readonly string[])[]): number | undefined {
  let fit = 0;
  for (const forms of query) {
    const best = Math.max(...words.flatMap(({ word, weight }) => forms.map((form) => fitOfWord(word, form, weight))));
    if (best <= 0) return undefined;
    fit += best;
  }
  return fit;
}

function fitOfWord(word: string, form: string, weight: number): number {
  if (word === form) return weight + WHOLE_WORD;
  return word.startsWith(form) ? weight : 0;
}
