import { isCurrencyCode, Money } from '@paygate/kernel';
import type { BankTransfer, ReceivedMoney } from '../provider-adapter.js';

/** Where a buyer sends money in one currency, without the reference. */
export type WiseBankAccount = Omit<BankTransfer, 'reference' | 'epcText'>;

/** Which of the fields Wise names goes where. Others, such as the address of the bank, are not shown. */
const FIELDS: Readonly<Record<string, keyof WiseBankAccount>> = {
  ACCOUNT_HOLDER: 'accountHolder',
  BANK_NAME: 'bankName',
  IBAN: 'iban',
  SWIFT_CODE: 'bic',
  ACCOUNT_NUMBER: 'accountNumber',
  BANK_CODE: 'routingNumber',
  ROUTING_NUMBER: 'routingNumber',
  SORT_CODE: 'routingNumber',
};

/**
 * The bank details of a currency in the answer of `account-details`: those in use, the local ones first. `none`: the
 * profile has none in this currency; undefined: the answer cannot be read.
 */
export function readBankAccount(body: unknown, currency: string): WiseBankAccount | 'none' | undefined {
  if (!Array.isArray(body)) return undefined;
  const accounts = body.filter(isObject).filter((account) => isObject(account['currency']) && account['currency']['code'] === currency);
  const account = accounts.find(({ id, status, deprecated }) => typeof id === 'number' && status === 'ACTIVE' && deprecated !== true);
  if (!account) return 'none';
  const options = listOf(account['receiveOptions']);
  const option = options.find(({ type }) => type === 'LOCAL') ?? options[0];
  const found: Partial<Record<keyof WiseBankAccount, string>> = {};
  for (const { type, body: value } of listOf(option?.['details'])) {
    const field = isText(type) && Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
    if (field && isText(value)) found[field] ??= value.trim();
  }
  const { accountHolder, iban, accountNumber, ...rest } = found;
  if (accountHolder === undefined || (iban === undefined && accountNumber === undefined)) return undefined;
  return { ...rest, accountHolder, accountNumber, iban: iban?.replaceAll(/\s/g, '').toUpperCase() };
}

/** Deposits in a balance statement; undefined when it cannot be read. Conversions, refunds of our own and debits are no deposits. */
export function readDeposits(body: unknown): ReceivedMoney[] | undefined {
  if (!isObject(body) || !Array.isArray(body['transactions'])) return undefined;
  const deposits: ReceivedMoney[] = [];
  for (const entry of body['transactions']) {
    if (!isObject(entry) || !isText(entry['type'])) return undefined;
    const details = isObject(entry['details']) ? entry['details'] : {};
    if (entry['type'] !== 'CREDIT' || !DEPOSITS.has(String(details['type']))) continue;
    const deposit = readDeposit(entry, details);
    if (!deposit) return undefined;
    deposits.push(deposit);
  }
  return deposits;
}

const DEPOSITS: ReadonlySet<string> = new Set(['DEPOSIT', 'MONEY_ADDED', 'TRANSFER']);

function readDeposit(entry: Fields, details: Fields): ReceivedMoney | undefined {
  const { referenceNumber, date } = entry;
  const { value, currency } = isObject(entry['amount']) ? entry['amount'] : {};
  const amount = typeof value === 'number' && isText(currency) ? minorUnits(value, currency) : undefined;
  const occurredAt = new Date(isText(date) ? date : Number.NaN);
  if (!isText(referenceNumber) || amount === undefined || !isText(currency) || Number.isNaN(occurredAt.getTime())) return undefined;
  const { paymentReference, description, senderName, senderAccount } = details;
  return {
    reference: referenceNumber,
    amount,
    currency,
    occurredAt,
    text: [paymentReference, description].filter(isText).join(' / '),
    payerName: isText(senderName) ? senderName : undefined,
    payerAccount: isText(senderAccount) ? senderAccount.trim() : undefined,
  };
}

/** What a notification says: that money came to a balance. The money itself stands in the statement. */
export interface WiseCredit {
  readonly profileId: string;
  readonly balanceId: string;
  readonly currency: string;
  readonly occurredAt: Date;
}

/** `other`: genuine and of no interest, such as a transfer of the merchant's own; undefined: it cannot be read. */
export function readNotification(body: unknown): WiseCredit | 'other' | undefined {
  if (!isObject(body) || !isText(body['event_type']) || !isObject(body['data'])) return undefined;
  const { event_type: type, data } = body;
  if (type !== 'balances#credit' && type !== 'balances#update') return 'other';
  const { resource, currency, occurred_at: occurred, transaction_type: kind, balance_id: balance } = data;
  if (kind !== 'credit') return 'other';
  const { id, profile_id: profile } = isObject(resource) ? resource : {};
  const occurredAt = new Date(isText(occurred) ? occurred : Number.NaN);
  const balanceId = balance ?? id;
  if (!isId(balanceId) || !isId(profile) || !isText(currency) || Number.isNaN(occurredAt.getTime())) return undefined;
  return { profileId: String(profile), balanceId: String(balanceId), currency, occurredAt };
}

/** The balance of a currency in the answer of `balances`: there is one at most. `none`: none; undefined: the answer cannot be read. */
export function readBalanceId(body: unknown, currency: string): number | 'none' | undefined {
  if (!Array.isArray(body)) return undefined;
  const balance = body.filter(isObject).find((candidate) => candidate['currency'] === currency);
  if (!balance) return 'none';
  const { id } = balance;
  return isId(id) ? id : undefined;
}

/** Wise writes amounts as JSON numbers in major units. */
function minorUnits(value: number, currency: string): number | undefined {
  if (!isCurrencyCode(currency) || !(value > 0)) return undefined;
  try {
    return Money.parse(String(value), currency).toMinorNumber();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
