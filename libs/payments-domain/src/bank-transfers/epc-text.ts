import { Money } from '@paygate/kernel';

export interface SepaTransfer {
  readonly accountHolder: string;
  /** Without blanks. */
  readonly iban: string;
  readonly bic?: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** A creditor reference of ISO 11649. */
  readonly reference: string;
}

const MOST_CENTS = 99_999_999_999;
const LONGEST_NAME = 70;

/**
 * The text of the QR code banking apps read ("Guidelines to enable data capture for the initiation of a SEPA credit
 * transfer", EPC069-12, version 002, UTF-8). Undefined for what SEPA does not carry: other currencies, and amounts above
 * 999,999,999.99 EUR.
 */
export function epcText({ accountHolder, iban, bic = '', amount, currency, reference }: SepaTransfer): string | undefined {
  if (currency !== 'EUR' || amount < 1 || amount > MOST_CENTS) return undefined;
  const name = Array.from(accountHolder.replaceAll(/\s+/g, ' ').trim()).slice(0, LONGEST_NAME).join('');
  const money = `EUR${Money.ofMinor(amount, currency).toDecimal()}`;
  const purpose = '';
  return ['BCD', '002', '1', 'SCT', bic, name, iban, money, purpose, reference].join('\n');
}
