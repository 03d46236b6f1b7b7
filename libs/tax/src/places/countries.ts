import { EU_COUNTRIES } from '../eu-countries.js';

/** ISO 3166-1 alpha-2, and `XI`, which the EU uses for goods in Northern Ireland. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH ' +
  'CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN ' +
  'GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI ' +
  'LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM ' +
  'PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD ' +
  'TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XI XK';
const COUNTRIES: ReadonlySet<string> = new Set(CODES.split(' '));

export const EU_MEMBER_STATES: readonly string[] = EU_COUNTRIES.filter(({ memberState }) => memberState).map(
  ({ countryCode: code }) => code,
);
const MEMBERS: ReadonlySet<string> = new Set(EU_MEMBER_STATES);

/** Spellings in use beside the ISO code: VIES and OSS say EL for Greece, shops say UK. */
const ALIASES: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB' };

export function isCountryCode(code: unknown): code is string {
  return typeof code === 'string' && COUNTRIES.has(code);
}

/** By ISO code; parts of a Member State that lie outside the EU's VAT area are told apart by `territoryOf`. */
export function isEuMember(country: string): boolean {
  return MEMBERS.has(country);
}

/** The ISO code of a country in whatever case and spelling; undefined when there is none. */
export function countryCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (COUNTRIES.has(value)) return value;
  const upper = value.trim().toUpperCase();
  const code = ALIASES[upper] ?? upper;
  return COUNTRIES.has(code) ? code : undefined;
}

/** The country that gave a VAT id, by its prefix: EL is GR, CHE is CH; undefined when it has none. */
export function vatIdCountry(vatId: string | undefined): string | undefined {
  const prefix = /^\s*([A-Za-z]{2})/.exec(vatId ?? '')?.[1];
  return prefix === undefined ? undefined : countryCode(prefix);
}
