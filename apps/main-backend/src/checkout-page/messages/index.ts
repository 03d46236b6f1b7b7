import type { CheckoutMessages } from './catalogue.js';
import { en } from './en.js';

export type { CheckoutMessages, StateText } from './catalogue.js';

const CATALOGUES: Readonly<Record<string, CheckoutMessages>> = { en };

/** The catalogue for a locale's language, English where there is none yet. */
export function messagesFor(locale: string): CheckoutMessages {
  const language = locale.split('-')[0] ?? '';
  return (Object.hasOwn(CATALOGUES, language) ? CATALOGUES[language] : undefined) ?? en;
}
