/** Active currencies of ISO 4217 and their number of decimals. Funds codes, metals and test codes are left out. */
const DIGITS_0 = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const DIGITS_3 = 'BHD IQD JOD KWD LYD OMR TND';
const DIGITS_2 =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT ' +
  'LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN ' +
  'QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS ' +
  'VED VES WST XCD YER ZAR ZMW ZWG';

declare const brand: unique symbol;

/** An ISO 4217 code this platform knows. */
export type CurrencyCode = string & { readonly [brand]: 'currency' };

const DIGITS: ReadonlyMap<string, number> = new Map([
  ...DIGITS_0.split(' ').map((code) => [code, 0] as const),
  ...DIGITS_2.split(' ').map((code) => [code, 2] as const),
  ...DIGITS_3.split(' ').map((code) => [code, 3] as const),
]);

export const CURRENCIES: readonly string[] = [...DIGITS.keys()].sort();

export function isCurrencyCode(value: unknown): value is CurrencyCode {
  return typeof value === 'string' && DIGITS.has(value);
}

/** How many decimals the currency's minor unit has: EUR 2, JPY 0, KWD 3. */
export function minorDigits(currency: CurrencyCode): number {
  const digits = DIGITS.get(currency);
  if (digits === undefined) throw new RangeError(`unknown currency ${currency}`);
  return digits;
}
