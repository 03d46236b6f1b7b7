import { fold, spellings } from './fold.js';

/** Longer prefixes tell no more names apart. */
const LONGEST_PREFIX = 15;

const JOINTS = /['’‘`´ʼ\-‐‑–]/g;
const BETWEEN_WORDS = /(?:[^\p{L}\p{N}\p{M}]|ʼ)+/u;

/** The words of a query, each with the spellings it may be found by. */
export function queryWords(text: string): string[][] {
  const words = split(text).map((word) => spellings(word));
  return [...new Map(words.map((word) => [word[0], word])).values()];
}

/** Every word by which a text is to be found. `O'Brien` is found by `o`, `brien` and `obrien`. */
export function wordsOf(text: string): string[] {
  return [...new Set([...split(text), ...split(text.replaceAll(JOINTS, ''))].flatMap((word) => spellings(word)))];
}

/** The beginnings of a word, from two letters on. */
export function prefixesOf(word: string): string[] {
  const letters = Array.from(word);
  const longest = Math.min(letters.length, LONGEST_PREFIX);
  return Array.from({ length: Math.max(0, longest - 1) }, (_, index) => letters.slice(0, index + 2).join(''));
}

/** The longest of {@link prefixesOf}, under which what begins with this word is found. Undefined for a single letter. */
export function asPrefix(word: string): string | undefined {
  return prefixesOf(word).at(-1);
}

function split(text: string): string[] {
  // Compatibility forms such as № become letters first, so that what is split is what was meant.
  return text
    .normalize('NFKC')
    .split(BETWEEN_WORDS)
    .filter((word) => fold(word) !== '');
}
