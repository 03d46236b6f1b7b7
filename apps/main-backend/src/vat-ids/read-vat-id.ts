import jsvat from 'jsvat-next';
import type { Country } from 'jsvat-next';
import { EU_COUNTRIES, numberingCountry, recognizeVatId } from '@paygate/tax';
import type { WrittenVatId } from '@paygate/tax';

/** `wrong` says only that a rule for the check digits is not fulfilled: see `hasSureCheckDigits`. */
export type CheckDigits = 'right' | 'wrong' | 'unknown';

/** A VAT id that has the form of one. */
export interface ReadVatId {
  /** As it is stored: prefix and number, capitals, nothing in between. */
  readonly vatId: string;
  /** ISO 3166-1 alpha-2, `XI` for Northern Ireland. */
  readonly countryCode: string;
  readonly checkDigits: CheckDigits;
  /** How the Commission's service is asked; absent for countries it does not know. */
  readonly vies?: { readonly countryCode: string; readonly vatNumber: string };
}

/** Their rules have exceptions that are not published: sole traders of the Netherlands, old and special numbers of the others. */
const UNSURE: ReadonlySet<string> = new Set(['NL', 'IE', 'FR']);

const LIBRARY: ReadonlyMap<string, Country> = new Map(
  jsvat.countries.map((country): [string, Country] => [country.codes[0] ?? country.name, country]),
);
const ASKED_ABOUT: ReadonlySet<string> = new Set(EU_COUNTRIES.map(({ countryCode }) => countryCode));

/**
 * @param country where the company is, ISO 3166-1 alpha-2: its numbers may come without their prefix, and in countries whose
 *   numbers we do not know, anything of 4 to 20 letters and digits is one
 * @returns undefined for what cannot be a VAT id
 */
export function readVatId(text: string, country?: string): ReadVatId | undefined {
  const written = withoutPunctuation(text);
  const where = country?.toUpperCase();
  const found = recognizeVatId(written, where);
  if (found) {
    const { country: countryCode, prefix, number } = found;
    const vies = ASKED_ABOUT.has(countryCode) ? { countryCode: prefix, vatNumber: number } : undefined;
    return { vatId: prefix + number, countryCode, checkDigits: checkDigitsOf(found), vies };
  }
  if (where === undefined || !/^[A-Z]{2}$/.test(where) || numberingCountry(where) !== undefined) return undefined;
  return /^[A-Z0-9]{4,20}$/.test(written) ? { vatId: written, countryCode: where, checkDigits: 'unknown' } : undefined;
}

/** The VAT ID as it is stored: `DE123456789`. Undefined when it cannot be one; check digits are not looked at. */
export function canonicalVatId(text: string, country: string): string | undefined {
  return readVatId(text, country)?.vatId;
}

/** False where a real number may have other check digits than the rules say. */
export function hasSureCheckDigits({ countryCode }: Pick<ReadVatId, 'countryCode'>): boolean {
  return !UNSURE.has(countryCode);
}

export function withoutPunctuation(text: string): string {
  return text.replaceAll(/[\s.\-/]/g, '').toUpperCase();
}

function checkDigitsOf({ country, prefix, number }: WrittenVatId): CheckDigits {
  const rules = LIBRARY.get(country === 'XI' ? 'GB' : country);
  if (!rules) return 'unknown';
  return jsvat.checkVAT(inTheLibrarysSpelling(country, prefix, number), [rules]).isValid ? 'right' : 'wrong';
}

/** It wants Norwegian numbers without their prefix, Swiss ones without an English suffix, and knows few forms under `XI`. */
function inTheLibrarysSpelling(country: string, prefix: string, number: string): string {
  if (country === 'NO') return number;
  if (country === 'XI') return `GB${number}`;
  return prefix + (country === 'CH' ? number.replace(/VAT$/, '') : number);
}
