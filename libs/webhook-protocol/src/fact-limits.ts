import { Money } from '@paygate/kernel';

/** An amount as the rest of paygate has it. */
export interface AmountFact {
  /** Integer of the currency's minor unit. */
  amount: number;
  /** ISO 4217. */
  currency: string;
}

const LONGEST_ID = 64;

/** @throws RangeError */
export function idFact(field: string, value: string): string {
  if (value.length < 1 || value.length > LONGEST_ID) throw new RangeError(`${field} must have 1 to ${LONGEST_ID} characters`);
  return value;
}

/** Major units as text with all decimals of the currency: `49.00`, `5000` (JPY), `1.250` (KWD). @throws RangeError */
export function decimalAmount({ amount, currency }: AmountFact): string {
  return Money.ofMinor(amount, currency).toDecimal();
}

/**
 * Major units as a JSON number: `49`, `49.5`.
 * @throws RangeError when no JSON number stands for the amount exactly
 */
export function numberAmount({ amount, currency }: AmountFact): number {
  const money = Money.ofMinor(amount, currency);
  const value = Number(money.toDecimal());
  const [, decimals = ''] = money.toDecimal().split('.');
  if (value.toFixed(decimals.length) !== money.toDecimal()) throw new RangeError(`${money.toDecimal()} cannot be written as a JSON number`);
  return value;
}

/** Integer minor units. @throws RangeError when it is not one, or the currency is unknown */
export function minorAmount({ amount, currency }: AmountFact): number {
  return Money.ofMinor(amount, currency).toMinorNumber();
}
