import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPageLanguage, resolveLanguage } from './language.js';
import type { LanguageHints } from './language.js';

describe('resolveLanguage', () => {
  it.each<[LanguageHints, string, string]>([
    [{ checkout: 'de-DE' }, 'de', 'de-DE'],
    [{ checkout: 'de_AT' }, 'de', 'de-AT'],
    [{ checkout: 'DE' }, 'de', 'de'],
    [{ checkout: 'fr', link: 'it', acceptLanguage: 'pl' }, 'fr', 'fr'],
    [{ link: 'it', acceptLanguage: 'pl' }, 'it', 'it'],
    [{ acceptLanguage: 'pl' }, 'pl', 'pl'],
    [{}, 'en', 'en'],
    [{ chosen: 'es', checkout: 'fr', link: 'it', acceptLanguage: 'pl' }, 'es', 'es'],
    [{ chosen: 'de', acceptLanguage: 'fr,de-CH;q=0.5' }, 'de', 'de-CH'],
    [{ acceptLanguage: 'fr-CA,fr;q=0.9' }, 'fr', 'fr-CA'],
    [{ acceptLanguage: 'ja,ko;q=0.9,nl-BE;q=0.4' }, 'nl', 'nl-BE'],
    [{ acceptLanguage: 'en;q=0.1, pl;q=0.9' }, 'pl', 'pl'],
    [{ acceptLanguage: 'de;q=0, *' }, 'en', 'en'],
    [{ acceptLanguage: 'nonsense!, pl;q=0.5' }, 'pl', 'pl'],
    [{ checkout: 'ja', acceptLanguage: 'de' }, 'de', 'de'],
    [{ checkout: 'pt' }, 'pt', 'pt-PT'],
    [{ checkout: 'pt-BR' }, 'pt', 'pt-BR'],
    [{ checkout: 'es-419' }, 'es', 'es'],
    [{ checkout: 'de-DE-u-nu-arab-ca-hebrew' }, 'de', 'de-DE'],
    [{ checkout: 'x"><script>' }, 'en', 'en'],
    [{ chosen: ['de', 'fr'] }, 'en', 'en'],
    [{ chosen: '../../etc', checkout: 'it' }, 'it', 'it'],
    [{ checkout: 'en-'.repeat(20) }, 'en', 'en'],
  ])('%j → %s, %s', (hints, language, locale) => expect(resolveLanguage(hints)).toEqual({ language, locale }));

  it('always answers with a language there is and a locale Intl knows', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (chosen, checkout, acceptLanguage) => {
        const { language, locale } = resolveLanguage({ chosen, checkout, acceptLanguage });
        expect(isPageLanguage(language)).toBe(true);
        expect(Intl.NumberFormat.supportedLocalesOf(locale)).toHaveLength(1);
      }),
    );
  });
});
