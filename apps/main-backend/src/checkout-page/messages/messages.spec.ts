import { describe, expect, it } from '@jest/globals';
import { PAGE_LANGUAGES } from '../language.js';
import type { PageLanguage } from '../language.js';
import { FAILURE_REASONS, failureReason } from './failure-reason.js';
import { CATALOGUES } from './index.js';

/** Words that are the same in another language. */
const SHARED: readonly string[] = ['Eircode', '{0} × {1}', 'Total', 'Subtotal', 'Transaction', 'optional', 'ltr', 'Province', 'Provincia'];

/** Every text of a catalogue under its path; of a function, what it makes of placeholders. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const counts = /^(showAllItems|problemsTitle)$/.test(path);
    const call = value as (...args: unknown[]) => unknown;
    if (counts) return [1, 2, 5, 22].flatMap((count) => textsOf(call(count), `${path}(${count})`));
    return textsOf(call('{0}', '{1}'), `${path}()`);
  }
  return Object.entries(value as object).flatMap(([key, part]) => textsOf(part, path === '' ? key : `${path}.${key}`));
}

const english = new Map(textsOf(CATALOGUES.en));

describe.each(PAGE_LANGUAGES)('the catalogue %s', (language: PageLanguage) => {
  const texts = textsOf(CATALOGUES[language]);

  it('has the texts of the English one, none of them empty', () => {
    expect(CATALOGUES[language].language).toBe(language);
    expect(texts.map(([path]) => path)).toEqual([...english.keys()]);
    for (const [path, text] of texts) expect([path, text.trim() === text && text.length > 1]).toEqual([path, true]);
  });

  it('uses what it is given wherever the English one does', () => {
    for (const [path, text] of texts) {
      const placeholders = (given: string) => [...given.matchAll(/\{\d\}|\b(?:1|2|5|22)\b/g)].map(([found]) => found);
      // "One" may be written as a word, and examples differ by country.
      if (/\(1\)$/.test(path) || path.startsWith('problems.required')) continue;
      expect([path, new Set(placeholders(text))]).toEqual([path, new Set(placeholders(english.get(path) ?? ''))]);
    }
  });

  it('is translated', () => {
    if (language === 'en') return;
    const same = texts.filter(([path, text]) => text === english.get(path) && !SHARED.includes(text)).map(([path]) => path);
    expect(same).toEqual([]);
  });
});

describe('failureReason', () => {
  it.each([
    ...FAILURE_REASONS.map((reason) => [reason, reason] as const),
    ['DO_NOT_HONOR', 'card_declined'],
    ['stolen_card', 'card_declined'],
    ['invalid_cvv', 'incorrect_details'],
    ['constructor', undefined],
    ['something_new', undefined],
    [undefined, undefined],
  ])('%p is %p', (code, reason) => expect(failureReason(code)).toBe(reason));
});
