import type { PageLanguage } from '../language.js';
import type { CheckoutMessages } from './catalogue.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';

export type { CheckoutMessages, StateText } from './catalogue.js';
export { failureReason } from './failure-reason.js';

/** A language without a catalogue, or a catalogue without a text, does not compile. */
export const CATALOGUES: Readonly<Record<PageLanguage, CheckoutMessages>> = { en, de, fr, es, it, nl, pl, pt };

export function messagesFor(language: PageLanguage): CheckoutMessages {
  return CATALOGUES[language];
}
