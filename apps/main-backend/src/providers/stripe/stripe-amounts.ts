import { isCurrencyCode, minorDigits } from '@paygate/kernel';

/** Currencies whose amounts Stripe takes in whole units. */
const NO_DECIMALS: ReadonlySet<string> = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS: ReadonlySet<string> = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * An amount in minor units of ISO 4217 as Stripe counts it. The two differ: ISK and UGX have no decimals any more but go
 * there with two, MGA the other way round, and the last of three decimals has to be 0.
 * @returns undefined when Stripe has no such amount; rounding would charge something else than was ordered
 */
export function toStripeAmount(minor: number, currency: string): number | undefined {
  const amount = shifted(minor, stripeDigits(currency) - isoDigits(currency));
  const payable = Number.isSafeInteger(amount) && (!THREE_DECIMALS.has(currency) || amount % 10 === 0);
  return payable ? amount : undefined;
}

/** The way back. @returns undefined for what is no whole number of minor units */
export function fromStripeAmount(amount: number, currency: string): number | undefined {
  if (!Number.isSafeInteger(amount)) return undefined;
  const minor = shifted(amount, isoDigits(currency) - stripeDigits(currency));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

function stripeDigits(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

function isoDigits(currency: string): number {
  return isCurrencyCode(currency) ? minorDigits(currency) : stripeDigits(currency);
}

/** Division by a power of ten instead of multiplication by a fraction, which would not be exact. */
function shifted(value: number, digits: number): number {
  return digits >= 0 ? value * 10 ** digits : value / 10 ** -digits;
}
