/**
 * How the postcodes of a country are written: `9` a digit, `@` a letter, `|` or; a blank or a hyphen may be left out or
 * swapped. Then an example. Countries that are not here take any postcode or, if listed below, have none.
 * Source: addressing systems of the member countries, Universal Postal Union.
 */
const FORMATS: Readonly<Record<string, readonly [format: string, example: string]>> = {
  AD: ['AD999', 'AD500'],
  AL: ['9999', '1001'],
  AR: ['9999|@9999@@@', 'C1002ABC'],
  AT: ['9999', '1010'],
  AU: ['9999', '2000'],
  AX: ['99999', '22100'],
  BA: ['99999', '71000'],
  BE: ['9999', '1000'],
  BG: ['9999', '1000'],
  BR: ['99999-999', '01310-100'],
  CA: ['@9@ 9@9', 'K1A 0B1'],
  CH: ['9999', '3000'],
  CL: ['9999999|999-9999', '8320000'],
  CN: ['999999', '100000'],
  CO: ['999999', '110111'],
  CY: ['9999', '1010'],
  CZ: ['999 99', '110 00'],
  DE: ['99999', '10115'],
  DK: ['9999', '1050'],
  DZ: ['99999', '16000'],
  EE: ['99999', '10111'],
  EG: ['99999|9999999', '11511'],
  ES: ['99999', '28013'],
  FI: ['99999', '00100'],
  FO: ['999', '100'],
  FR: ['99999', '75001'],
  GB: ['@9 9@@|@99 9@@|@9@ 9@@|@@9 9@@|@@99 9@@|@@9@ 9@@', 'SW1A 1AA'],
  GF: ['99999', '97300'],
  GG: ['GY9 9@@|GY99 9@@', 'GY1 1AA'],
  GI: ['GX11 1AA', 'GX11 1AA'],
  GL: ['9999', '3900'],
  GP: ['99999', '97100'],
  GR: ['999 99', '104 31'],
  HR: ['99999', '10000'],
  HU: ['9999', '1051'],
  ID: ['99999', '10110'],
  IE: ['@99 ****|D6W ****', 'D02 AF30'],
  IL: ['99999|9999999', '9414228'],
  IM: ['IM9 9@@|IM99 9@@', 'IM1 1AA'],
  IN: ['999 999', '110001'],
  IS: ['999', '101'],
  IT: ['99999', '00184'],
  JE: ['JE9 9@@|JE99 9@@', 'JE2 3AB'],
  JP: ['999-9999', '100-0001'],
  KR: ['99999', '04524'],
  LI: ['9999', '9490'],
  LT: ['99999|LT-99999', '01100'],
  LU: ['9999|L-9999', '1009'],
  LV: ['LV-9999|9999', 'LV-1010'],
  MA: ['99999', '10000'],
  MC: ['99999', '98000'],
  MD: ['9999|MD-9999', 'MD-2001'],
  ME: ['99999', '81000'],
  MK: ['9999', '1000'],
  MQ: ['99999', '97200'],
  MT: ['@@@ 9999', 'VLT 1117'],
  MX: ['99999', '06000'],
  MY: ['99999', '50000'],
  NL: ['9999 @@', '1012 AB'],
  NO: ['9999', '0150'],
  NZ: ['9999', '6011'],
  PE: ['99999', '15001'],
  PH: ['9999', '1000'],
  PL: ['99-999', '00-001'],
  PR: ['99999|99999-9999', '00901'],
  PT: ['9999-999', '1100-148'],
  RE: ['99999', '97400'],
  RO: ['999999', '010011'],
  RS: ['99999|999999', '11000'],
  SA: ['99999|99999-9999', '11564'],
  SE: ['999 99', '111 20'],
  SG: ['999999', '018956'],
  SI: ['9999|SI-9999', '1000'],
  SK: ['999 99', '811 01'],
  SM: ['99999', '47890'],
  TH: ['99999', '10200'],
  TN: ['9999', '1000'],
  TR: ['99999', '06100'],
  TW: ['999|99999|999999', '100'],
  UA: ['99999', '01001'],
  US: ['99999|99999-9999', '94105'],
  UY: ['99999', '11000'],
  VA: ['00120', '00120'],
  YT: ['99999', '97600'],
  ZA: ['9999', '8001'],
};

/** Countries and territories that deliver without postcodes; same source. */
const WITHOUT = new Set(
  (
    'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK KI KM KN KP ML MO MR MW NR NU QA RW SB SC SL SR ST ' +
    'SX SY TD TF TG TK TL TO TV TZ UG VU YE ZW'
  ).split(' '),
);

export interface PostcodeFormat {
  readonly example: string;
  /** All digits: phones show their number keys. */
  readonly numeric: boolean;
  readonly accepts: (value: string) => boolean;
}

const formats = new Map(Object.entries(FORMATS).map(([country, [format, example]]) => [country, compile(format, example)]));

/** Undefined when any postcode is taken. */
export function postcodeFormat(country: string): PostcodeFormat | undefined {
  return formats.get(country);
}

export function hasPostcodes(country: string): boolean {
  return !WITHOUT.has(country);
}

function compile(format: string, example: string): PostcodeFormat {
  const alternatives = format.split('|').map((alternative) =>
    Array.from(alternative)
      .map((sign) => {
        if (sign === '9') return '\\d';
        if (sign === '@') return '[A-Z]';
        if (sign === '*') return '[A-Z0-9]';
        return sign === ' ' || sign === '-' ? '[ -]?' : sign;
      })
      .join(''),
  );
  const pattern = new RegExp(`^(?:${alternatives.join('|')})$`);
  return { example, numeric: /^[9|]+$/.test(format), accepts: (value) => pattern.test(value.trim().toUpperCase()) };
}
