/**
 * Calling codes of the EU, EFTA and the United Kingdom, where the country decides about VAT. Codes that several countries share
 * without a way to tell (+1, +7) are left out; islands that dial under the code of another country count as that country.
 * Source: ITU-T E.164 assigned country codes.
 */
const COUNTRIES: Readonly<Record<string, string>> = {
  '30': 'GR',
  '31': 'NL',
  '32': 'BE',
  '33': 'FR',
  '34': 'ES',
  '351': 'PT',
  '352': 'LU',
  '353': 'IE',
  '354': 'IS',
  '356': 'MT',
  '357': 'CY',
  '358': 'FI',
  '359': 'BG',
  '36': 'HU',
  '370': 'LT',
  '371': 'LV',
  '372': 'EE',
  '385': 'HR',
  '386': 'SI',
  '39': 'IT',
  '40': 'RO',
  '41': 'CH',
  '420': 'CZ',
  '421': 'SK',
  '423': 'LI',
  '43': 'AT',
  '44': 'GB',
  '45': 'DK',
  '46': 'SE',
  '47': 'NO',
  '48': 'PL',
  '49': 'DE',
};

/** The country of an international number (`+49 30 …`, `0049 30 …`); undefined when it does not say. */
export function phoneCountry(phone: string | undefined): string | undefined {
  const digits = phone?.replaceAll(/[\s().\-/]/g, '').replace(/^00/, '+');
  if (!digits?.startsWith('+')) return undefined;
  // No code is the beginning of another, so the first that fits is the one.
  const code = [2, 3].map((length) => digits.slice(1, 1 + length)).find((start) => Object.hasOwn(COUNTRIES, start));
  return code === undefined ? undefined : COUNTRIES[code];
}
