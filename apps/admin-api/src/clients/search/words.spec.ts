import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, spellings } from './fold.js';
import { asPrefix, prefixesOf, queryWords, wordsOf } from './words.js';

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const LETTERS_AND_DIGITS = /^[\p{L}\p{N}]*$/u;

describe('fold', () => {
  it.each([
    ['Müller', 'muller'],
    ['MÜLLER', 'muller'],
    ['Mu\u0308ller', 'muller'],
    ['Łódź', 'lodz'],
    ['Ångström', 'angstrom'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Ærø', 'aero'],
    ['Œuvre', 'oeuvre'],
    ['Đorđević', 'dordevic'],
    ['Þórður', 'thordur'],
    ['İstanbul', 'istanbul'],
    ['ılık', 'ilik'],
    ['Ναός', 'ναοσ'],
    ['ﬁn', 'fin'],
    ['Ｇmbh', 'gmbh'],
    ["O'Brien", 'obrien'],
    ['Oʼbrien', 'obrien'],
    ['李明', '李明'],
    ['日本№1', '日本no1'],
    ['… – !', ''],
  ])('%s → %s', (text, folded) => expect(fold(text)).toBe(folded));

  it('has letters and digits only, and nothing left to fold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        expect(folded).toMatch(LETTERS_AND_DIGITS);
        expect(fold(folded)).toBe(folded);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same for every way to write a letter with marks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(fold(text.normalize(form))).toBe(fold(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('spellings', () => {
  it.each([
    ['Müller', ['muller', 'mueller']],
    ['Mu\u0308ller', ['muller', 'mueller']],
    ['Mueller', ['mueller']],
    ['Åse', ['ase', 'aase']],
    ['Søren', ['soren', 'soeren']],
    ['Ada', ['ada']],
  ])('%s → %j', (word, expected) => expect(spellings(word)).toEqual(expected));
});

describe('wordsOf', () => {
  it.each([
    ['', []],
    [' ', []],
    ['Ada Lovelace', ['ada', 'lovelace']],
    ['ada.lovelace+shop@analytical.example', ['ada', 'lovelace', 'shop', 'analytical', 'example']],
    ["O'Brien", ['o', 'brien', 'obrien']],
    ['Jean-Luc', ['jean', 'luc', 'jeanluc']],
    ['Łódź Łódź', ['lodz']],
    ['Müller', ['muller', 'mueller']],
    ['A/B & Co. KG', ['a', 'b', 'co', 'kg']],
  ])('%j → %j', (text, expected) => expect(wordsOf(text)).toEqual(expected));
});

describe('queryWords', () => {
  it.each([
    ['', []],
    ['-.,', []],
    ['Ada  LOVE', [['ada'], ['love']]],
    ['Müller', [['muller', 'mueller']]],
    ['ada Ada ÁDA', [['ada']]],
    ['ada@exa', [['ada'], ['exa']]],
  ])('%j → %j', (text, expected) => expect(queryWords(text)).toEqual(expected));

  it('finds a text by each beginning of each of its words, however they are typed', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('NFC', 'NFD'), fc.nat(), (text, form, cut) => {
        const words = wordsOf(text);
        for (const [word = ''] of queryWords(text.normalize(form))) {
          expect(words).toContain(word);
          const start = Array.from(word)
            .slice(0, 1 + (cut % word.length))
            .join('');
          for (const [query = ''] of queryWords(start)) expect(words.some((known) => known.startsWith(query))).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('prefixesOf', () => {
  it.each([
    ['a', []],
    ['ab', ['ab']],
    ['abcd', ['ab', 'abc', 'abcd']],
    ['𝒜𝒷𝒸', ['𝒜𝒷', '𝒜𝒷𝒸']],
    ['donaudampfschifffahrt', expect.arrayContaining(['do', 'donaudampfschif'])],
  ])('%s → %j', (word, expected) => expect(prefixesOf(word)).toEqual(expected));

  it('are beginnings of 2 to 15 letters, and a query looks under one of them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 40 }), fc.nat(), (text, cut) => {
        const word = fold(text);
        const prefixes = prefixesOf(word);
        expect(prefixes).toHaveLength(Math.max(0, Math.min(Array.from(word).length, 15) - 1));
        for (const prefix of prefixes) expect(word.startsWith(prefix)).toBe(true);
        const typed = Array.from(word)
          .slice(0, 2 + (cut % 40))
          .join('');
        if (Array.from(typed).length >= 2) expect(prefixes).toContain(asPrefix(typed));
        else expect(asPrefix(typed)).toBeUndefined();
      }),
    );
  });
});
