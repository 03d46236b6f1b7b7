import { Money } from '@paygate/kernel';
import { isObject, textIn } from '../json-reading.js';

/** Currencies in which PayPal refuses decimals; ISO 4217 gives two of them cents. */
const WHOLE_ONLY: ReadonlySet<string> = new Set(['HUF', 'JPY', 'TWD']);

/** An amount as PayPal writes it. */
export interface PaypalMoney {
  readonly currency_code: string;
  /** Major units, e.g. `12.50`. */
  readonly value: string;
}

/** Undefined for an amount PayPal cannot express, such as half a forint. */
export function toPaypalMoney(minor: number, currency: string): PaypalMoney | undefined {
  const decimal = Money.ofMinor(minor, currency).toDecimal();
  if (!WHOLE_ONLY.has(currency)) return { currency_code: currency, value: decimal };
  const [whole = '', fraction = ''] = decimal.split('.');
  return /[^0]/.test(fraction) ? undefined : { currency_code: currency, value: whole };
}

/** Minor units; undefined when it cannot be read. PayPal may write more zeros than the currency has decimals. */
export function fromPaypalMoney(money: unknown): { amount: number; currency: string } | undefined {
  const value = textIn(money, 'value');
  const currency = textIn(money, 'currency_code');
  if (!isObject(money) || value === undefined || currency === undefined) return undefined;
  try {
    return { amount: Money.parse(value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency).toMinorNumber(), currency };
  } catch {
    return undefined;
  }
}
