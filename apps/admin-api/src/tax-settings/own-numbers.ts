import { numberingCountry, recognizeVatId } from '@paygate/tax';
import type { TaxFinding, TaxSettings } from '@paygate/tax';

/** Numbers of countries whose form is not known. */
const ANY_NUMBER = /^[A-Z0-9]{2,20}$/;
const NON_UNION = /^EU\d{9}$/;
const IMPORT_SCHEME = /^IM\d{10}$/;
/** Companies of Northern Ireland have numbers of both. */
const BRITISH: ReadonlySet<string> = new Set(['GB', 'XI']);

/** The settings with VAT ids as they are stored: with their prefix, as in `EL123456789` or `NO123456789MVA`. */
export function withWholeNumbers(settings: TaxSettings): TaxSettings {
  const { vatId, sellerCountry, registrations, ukVat } = settings;
  return {
    ...settings,
    ...(vatId === undefined ? {} : { vatId: whole(vatId, sellerCountry) }),
    registrations: registrations.map((one) => (one.vatId === undefined ? one : { ...one, vatId: whole(one.vatId, one.country) })),
    ukVat: ukVat.vatId === undefined ? ukVat : { ...ukVat, vatId: whole(ukVat.vatId, 'GB') },
  };
}

/** Numbers that do not have the form of their country or scheme. Check digits are not looked at. */
export function numberFindings({ vatId, sellerCountry, registrations, ukVat, oss, ioss }: TaxSettings): TaxFinding[] {
  return [
    ...vatIdFinding('vatId', vatId, sellerCountry),
    ...registrations.flatMap((one, index) => vatIdFinding(`registrations[${index}].vatId`, one.vatId, one.country)),
    ...vatIdFinding('ukVat.vatId', ukVat.vatId, 'GB'),
    ...(oss.scheme === 'union'
      ? vatIdFinding('oss.registrationId', oss.registrationId, oss.country ?? sellerCountry)
      : patternFinding('oss.registrationId', oss.registrationId, NON_UNION, 'EU and 9 digits')),
    ...patternFinding('ioss.registrationId', ioss.registrationId, IMPORT_SCHEME, 'IM and 10 digits'),
  ];
}

function vatIdFinding(field: string, vatId: string | undefined, country: string): TaxFinding[] {
  if (vatId === undefined || isNumberOf(vatId, country)) return [];
  return [{ field, message: `Expected ${country === '' ? 'a VAT id' : `a VAT id of ${country}`}, with its prefix.` }];
}

function isNumberOf(vatId: string, country: string): boolean {
  const own = numberingCountry(country);
  if (own === undefined && country !== '') return ANY_NUMBER.test(vatId);
  const found = recognizeVatId(vatId, country);
  return found !== undefined && (country === '' || found.country === own || (BRITISH.has(found.country) && BRITISH.has(country)));
}

function patternFinding(field: string, text: string | undefined, pattern: RegExp, expected: string): TaxFinding[] {
  return text === undefined || pattern.test(text) ? [] : [{ field, message: `Expected ${expected}.` }];
}

function whole(vatId: string, country: string): string {
  const found = recognizeVatId(vatId, country);
  return found ? found.prefix + found.number : vatId;
}
