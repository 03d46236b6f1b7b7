export interface VatIdFormat {
  /** Before the number; taken as given when the buyer leaves it out. */
  readonly prefix: string;
  readonly number: RegExp;
  readonly example: string;
}

/**
 * The form of a VAT ID by country, without blanks and punctuation. The check digits are not verified here.
 * Sources: structure of VAT identification numbers, VIES of the European Commission; HMRC for GB; Federal Statistical Office
 * for CH (UID with MWST, TVA or IVA); Brønnøysund register for NO (organisation number with MVA).
 */
const FORMATS: Readonly<Record<string, VatIdFormat>> = {
  AT: { prefix: 'AT', number: /^U\d{8}$/, example: 'ATU12345678' },
  BE: { prefix: 'BE', number: /^[01]\d{9}$/, example: 'BE0123456789' },
  BG: { prefix: 'BG', number: /^\d{9,10}$/, example: 'BG123456789' },
  CH: { prefix: 'CHE', number: /^\d{9}(MWST|TVA|IVA|VAT)?$/, example: 'CHE-123.456.789 MWST' },
  CY: { prefix: 'CY', number: /^\d{8}[A-Z]$/, example: 'CY12345678X' },
  CZ: { prefix: 'CZ', number: /^\d{8,10}$/, example: 'CZ12345678' },
  DE: { prefix: 'DE', number: /^\d{9}$/, example: 'DE123456789' },
  DK: { prefix: 'DK', number: /^\d{8}$/, example: 'DK12345678' },
  EE: { prefix: 'EE', number: /^\d{9}$/, example: 'EE123456789' },
  ES: { prefix: 'ES', number: /^[A-Z0-9]\d{7}[A-Z0-9]$/, example: 'ESB12345678' },
  FI: { prefix: 'FI', number: /^\d{8}$/, example: 'FI12345678' },
  FR: { prefix: 'FR', number: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, example: 'FR12345678901' },
  GB: { prefix: 'GB', number: /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/, example: 'GB123456789' },
  GR: { prefix: 'EL', number: /^\d{9}$/, example: 'EL123456789' },
  HR: { prefix: 'HR', number: /^\d{11}$/, example: 'HR12345678901' },
  HU: { prefix: 'HU', number: /^\d{8}$/, example: 'HU12345678' },
  IE: { prefix: 'IE', number: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, example: 'IE1234567WA' },
  IT: { prefix: 'IT', number: /^\d{11}$/, example: 'IT12345678901' },
  LT: { prefix: 'LT', number: /^(\d{9}|\d{12})$/, example: 'LT123456789' },
  LU: { prefix: 'LU', number: /^\d{8}$/, example: 'LU12345678' },
  LV: { prefix: 'LV', number: /^\d{11}$/, example: 'LV12345678901' },
  MT: { prefix: 'MT', number: /^\d{8}$/, example: 'MT12345678' },
  NL: { prefix: 'NL', number: /^[A-Z0-9+*]{12}$/, example: 'NL123456789B01' },
  NO: { prefix: 'NO', number: /^\d{9}(MVA)?$/, example: 'NO 123 456 789 MVA' },
  PL: { prefix: 'PL', number: /^\d{10}$/, example: 'PL1234567890' },
  PT: { prefix: 'PT', number: /^\d{9}$/, example: 'PT123456789' },
  RO: { prefix: 'RO', number: /^\d{2,10}$/, example: 'RO12345678' },
  SE: { prefix: 'SE', number: /^\d{12}$/, example: 'SE123456789001' },
  SI: { prefix: 'SI', number: /^\d{8}$/, example: 'SI12345678' },
  SK: { prefix: 'SK', number: /^\d{10}$/, example: 'SK1234567890' },
  // Northern Ireland, for goods: its companies also have a number of the United Kingdom.
  XI: { prefix: 'XI', number: /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/, example: 'XI123456789' },
};

/** Monaco uses French numbers, the Isle of Man British ones, Åland Finnish ones, Liechtenstein Swiss ones. */
const USES: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB', AX: 'FI', LI: 'CH', EL: 'GR' };

/** Where numbers of a country have their form from, ISO 3166-1 alpha-2; undefined where companies have none we know. */
export function numberingCountry(country: string): string | undefined {
  const code = Object.hasOwn(USES, country) ? USES[country] : country;
  return code !== undefined && Object.hasOwn(FORMATS, code) ? code : undefined;
}

/** An example for buyers of a country whose companies have a VAT ID; undefined where they have none. */
export function vatIdExample(country: string): string | undefined {
  const code = numberingCountry(country);
  return code === undefined ? undefined : FORMATS[code]?.example;
}

export interface WrittenVatId {
  /** Whose form it has, ISO 3166-1 alpha-2 or `XI`. */
  readonly country: string;
  readonly prefix: string;
  /** Without the prefix. */
  readonly number: string;
}

/** Finds whose VAT ID it is: by the country it is said to be from, with or without its prefix, else by its prefix alone. */
export function recognizeVatId(written: string, country?: string): WrittenVatId | undefined {
  // Greece has two codes, and people write either.
  const text = /^GR\d{9}$/.test(written) ? `EL${written.slice(2)}` : written;
  const own = country === undefined ? undefined : numberingCountry(country);
  return (own === undefined ? undefined : ofCountry(own, text, 'optional')) ?? ofAnyCountry(text);
}

function ofAnyCountry(text: string): WrittenVatId | undefined {
  for (const country of Object.keys(FORMATS)) {
    const found = ofCountry(country, text, 'required');
    if (found) return found;
  }
  return undefined;
}

function ofCountry(country: string, text: string, prefixIs: 'optional' | 'required'): WrittenVatId | undefined {
  const format = FORMATS[country];
  if (!format) return undefined;
  const { prefix } = format;
  const hasPrefix = text.startsWith(prefix);
  if (!hasPrefix && prefixIs === 'required') return undefined;
  const number = hasPrefix ? text.slice(prefix.length) : text;
  if (!format.number.test(number)) return undefined;
  // The letters behind a Norwegian number say that it is one for VAT: it is asked for as one.
  return { country, prefix, number: country === 'NO' && !number.endsWith('MVA') ? `${number}MVA` : number };
}
