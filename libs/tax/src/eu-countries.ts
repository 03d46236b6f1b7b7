/** A state whose VAT ids the Commission's service (VIES) knows. */
export interface EuCountry {
  /** ISO 3166-1 alpha-2; `XI` for Northern Ireland, which is no Member State but keeps to its rules for goods. */
  readonly countryCode: string;
  /** What its VAT ids begin with: `EL` for Greece, else the code. */
  readonly vatPrefix: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly memberState: boolean;
}

const MEMBER_STATES: readonly (readonly [code: string, name: string, currency?: string])[] = [
  ['AT', 'Austria'],
  ['BE', 'Belgium'],
  ['BG', 'Bulgaria'],
  ['CY', 'Cyprus'],
  ['CZ', 'Czechia', 'CZK'],
  ['DE', 'Germany'],
  ['DK', 'Denmark', 'DKK'],
  ['EE', 'Estonia'],
  ['ES', 'Spain'],
  ['FI', 'Finland'],
  ['FR', 'France'],
  ['GR', 'Greece'],
  ['HR', 'Croatia'],
  ['HU', 'Hungary', 'HUF'],
  ['IE', 'Ireland'],
  ['IT', 'Italy'],
  ['LT', 'Lithuania'],
  ['LU', 'Luxembourg'],
  ['LV', 'Latvia'],
  ['MT', 'Malta'],
  ['NL', 'Netherlands'],
  ['PL', 'Poland', 'PLN'],
  ['PT', 'Portugal'],
  ['RO', 'Romania', 'RON'],
  ['SE', 'Sweden', 'SEK'],
  ['SI', 'Slovenia'],
  ['SK', 'Slovakia'],
];

/** The Member States and Northern Ireland. Bulgaria has the euro since 2026. */
export const EU_COUNTRIES: readonly EuCountry[] = [
  ...MEMBER_STATES.map(([countryCode, name, currency = 'EUR']) => {
    const vatPrefix = countryCode === 'GR' ? 'EL' : countryCode;
    return { countryCode, vatPrefix, name, currency, memberState: true };
  }),
  { countryCode: 'XI', vatPrefix: 'XI', name: 'Northern Ireland', currency: 'GBP', memberState: false },
];

/** By its ISO code or by the prefix of its VAT ids, in capitals or not; undefined for countries outside. */
export function euCountry(code: string): EuCountry | undefined {
  const wanted = code.toUpperCase();
  return EU_COUNTRIES.find(({ countryCode, vatPrefix }) => countryCode === wanted || vatPrefix === wanted);
}
