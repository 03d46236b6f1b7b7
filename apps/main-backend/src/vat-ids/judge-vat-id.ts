import type { VatIdCheck } from '@paygate/messages';
import type { VatIdValidation } from '@paygate/tax';
import { hasSureCheckDigits, readVatId, withoutPunctuation } from './read-vat-id.js';
import type { ReadVatId } from './read-vat-id.js';

const LONGEST_ECHO = 50;

/** By form and check digits alone: nobody is asked. */
export function judgeVatIdByForm(text: string, country?: string): VatIdCheck {
  const read = readVatId(text, country);
  return read ? byItsForm(read) : unreadable(text, country, 'format');
}

export function identity({ vatId, countryCode }: ReadVatId): Pick<VatIdCheck, 'vatId' | 'countryCode'> {
  return { vatId, countryCode };
}

export function byItsForm(read: ReadVatId): VatIdCheck {
  if (read.checkDigits !== 'wrong') return { ...identity(read), status: 'format' };
  const status = hasSureCheckDigits(read) ? 'invalid' : 'format';
  return { ...identity(read), status, reason: 'CHECK_DIGITS' };
}

export function unreadable(text: string, country: string | undefined, validation: VatIdValidation): VatIdCheck {
  const vatId = withoutPunctuation(text).slice(0, LONGEST_ECHO);
  const countryCode = country?.toUpperCase() ?? '';
  return validation === 'none' ? { vatId, countryCode, status: 'format' } : { vatId, countryCode, status: 'invalid', reason: 'MALFORMED' };
}
