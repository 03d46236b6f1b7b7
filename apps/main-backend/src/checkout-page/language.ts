/** The languages of the hosted page, in the order they are offered. */
export const PAGE_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<PageLanguage, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
};

/** Everything that may say in which language to speak. */
export interface LanguageHints {
  /** What the buyer has chosen on the page. */
  readonly chosen?: unknown;
  /** The checkout's own locale. */
  readonly checkout?: string;
  /** Of the address that led here. */
  readonly link?: unknown;
  readonly acceptLanguage?: string;
}

export interface ResolvedLanguage {
  readonly language: PageLanguage;
  /** For money and dates: the language with the region of whoever named it. */
  readonly locale: string;
}

/** Where a language alone would bring conventions of another part of the world than its texts. */
const REGION_OF: Partial<Readonly<Record<PageLanguage, string>>> = { pt: 'PT' };
const MOST_PREFERENCES = 10;

/** What the buyer chose, else the checkout's locale, else the link's, else the browser's first we speak, else English. */
export function resolveLanguage({ chosen, checkout, link, acceptLanguage }: LanguageHints): ResolvedLanguage {
  const hints = [chosen, checkout, link, ...preferences(acceptLanguage)].flatMap((hint) => spoken(hint) ?? []);
  const [first] = hints;
  if (!first) return { language: 'en', locale: 'en' };
  const { language } = first;
  // Whoever chooses "Deutsch" with a browser for Austria still wants amounts as in Austria.
  const region = hints.find((hint) => hint.language === language && hint.region !== undefined)?.region ?? REGION_OF[language];
  return { language, locale: region === undefined ? language : `${language}-${region}` };
}

export function isPageLanguage(value: unknown): value is PageLanguage {
  return (PAGE_LANGUAGES as readonly unknown[]).includes(value);
}

/** The languages of the header, the most wanted first. */
function preferences(acceptLanguage = ''): string[] {
  return acceptLanguage
    .split(',', MOST_PREFERENCES)
    .map((part) => {
      const [tag = '', weight = ''] = part.split(';');
      const quality = /^\s*q=([\d.]+)\s*$/.exec(weight)?.[1];
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/** Reduced to language and region: no extension of a tag shall change digits or calendars. */
function spoken(hint: unknown): { language: PageLanguage; region: string | undefined } | undefined {
  // Shops also write de_DE.
  const tag = typeof hint === 'string' ? hint.replaceAll('_', '-') : '';
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag) || tag.length > 35) return undefined;
  try {
    const { language, region } = new Intl.Locale(tag);
    return isPageLanguage(language) ? { language, region: region?.length === 2 ? region : undefined } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
