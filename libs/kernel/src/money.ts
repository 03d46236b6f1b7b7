import { isCurrencyCode, minorDigits } from './currency.js';
import type { CurrencyCode } from './currency.js';

/**
 * An amount of money: an integer of minor units (cents, yen, fils) and its ISO 4217 currency.
 * Amounts of different currencies never mix; splitting conserves the whole.
 */
export class Money {
  private constructor(
    readonly minor: bigint,
    readonly currency: CurrencyCode,
  ) {}

  /** @throws RangeError when `minor` is not an integer that a JSON number carries exactly, or the currency is unknown. */
  static ofMinor(minor: bigint | number, currency: string): Money {
    if (!isCurrencyCode(currency)) throw new RangeError(`unknown currency ${currency}`);
    if (typeof minor === 'number' && !Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not an exact integer`);
    return new Money(BigInt(minor), currency);
  }

  static zero(currency: string): Money {
    return Money.ofMinor(0n, currency);
  }

  /** Reads a decimal in major units, e.g. `12.50`; refuses more decimals than the currency has. */
  static parse(decimal: string, currency: string): Money {
    const match = /^(-)?(\d{1,16})(?:\.(\d+))?$/.exec(decimal);
    if (!match || !isCurrencyCode(currency)) throw new RangeError(`"${decimal}" is not an amount in ${currency}`);
    const digits = minorDigits(currency);
    const fraction = match[3] ?? '';
    if (fraction.length > digits) throw new RangeError(`${currency} has ${digits} decimals, "${decimal}" has more`);
    const minor = BigInt(`${match[2] ?? ''}${fraction.padEnd(digits, '0')}`);
    return new Money(match[1] ? -minor : minor, currency);
  }

  plus(other: Money): Money {
    return new Money(this.minor + this.same(other).minor, this.currency);
  }

  minus(other: Money): Money {
    return new Money(this.minor - this.same(other).minor, this.currency);
  }

  times(factor: bigint | number): Money {
    return new Money(this.minor * BigInt(factor), this.currency);
  }

  equals(other: Money): boolean {
    return this.minor === other.minor && this.currency === other.currency;
  }

  get isNegative(): boolean {
    return this.minor < 0n;
  }

  /** Splits by weights; each part is the rounded-down cumulative share minus what was already given, so the parts add up exactly. */
  allocate(weights: readonly bigint[]): Money[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0n);
    if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('weights must be non-negative with a positive sum');
    const magnitude = this.minor < 0n ? -this.minor : this.minor;
    const sign = this.minor < 0n ? -1n : 1n;
    let seen = 0n;
    let given = 0n;
    return weights.map((weight) => {
      seen += weight;
      const upTo = (magnitude * seen) / total;
      const part = upTo - given;
      given = upTo;
      return new Money(sign * part, this.currency);
    });
  }

  /** For storage and JSON. @throws RangeError beyond what a JSON number carries exactly. */
  toMinorNumber(): number {
    const value = Number(this.minor);
    if (!Number.isSafeInteger(value)) throw new RangeError('amount exceeds 2^53 - 1 minor units');
    return value;
  }

  /** Major units with the currency's decimals, e.g. `49.00`, `5000` (JPY), `1.250` (KWD). */
  toDecimal(): string {
    const digits = minorDigits(this.currency);
    const sign = this.minor < 0n ? '-' : '';
    const text = (this.minor < 0n ? -this.minor : this.minor).toString().padStart(digits + 1, '0');
    return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }

  /** For people, in the conventions of `locale`, e.g. `49,00 €`. */
  format(locale: string): string {
    const digits = minorDigits(this.currency);
    const formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: this.currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    // A decimal string keeps every digit; a division into a float would not.
    return formatter.format(this.toDecimal() as Intl.StringNumericLiteral);
  }

  private same(other: Money): Money {
    if (other.currency !== this.currency) throw new RangeError(`cannot combine ${this.currency} with ${other.currency}`);
    return other;
  }
}
