import type { ProviderPayment } from '../provider-adapter.js';
import { isObject, textOf } from './stripe-fields.js';

const CARD_BRANDS: ReadonlyMap<string, string> = new Map([
  ['amex', 'American Express'],
  ['cartes_bancaires', 'Cartes Bancaires'],
  ['diners', 'Diners Club'],
  ['discover', 'Discover'],
  ['eftpos_au', 'eftpos'],
  ['jcb', 'JCB'],
  ['link', 'Link'],
  ['mastercard', 'Mastercard'],
  ['unionpay', 'UnionPay'],
  ['visa', 'Visa'],
]);

const BANK_DEBITS: ReadonlySet<string> = new Set([
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'nz_bank_account',
  'sepa_debit',
  'us_bank_account',
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['affirm', 'Affirm'],
  ['afterpay_clearpay', 'Afterpay'],
  ['alipay', 'Alipay'],
  ['amazon_pay', 'Amazon Pay'],
  ['bancontact', 'Bancontact'],
  ['blik', 'BLIK'],
  ['cashapp', 'Cash App Pay'],
  ['eps', 'EPS'],
  ['ideal', 'iDEAL'],
  ['klarna', 'Klarna'],
  ['link', 'Link'],
  ['mb_way', 'MB WAY'],
  ['multibanco', 'Multibanco'],
  ['p24', 'Przelewy24'],
  ['paypal', 'PayPal'],
  ['revolut_pay', 'Revolut Pay'],
  ['twint', 'TWINT'],
  ['wechat_pay', 'WeChat Pay'],
]);

/** How the buyer paid, from the payment's latest charge; undefined when it is not told or there is none. */
export function readMethod(charge: unknown): ProviderPayment['method'] {
  const details = isObject(charge) ? charge['payment_method_details'] : undefined;
  const type = isObject(details) ? textOf(details['type']) : undefined;
  if (!isObject(details) || type === undefined) return undefined;
  const of = isObject(details[type]) ? details[type] : {};
  const last4 = textOf(of['last4']);
  if (type === 'card' || type === 'card_present') return { type: 'card', brand: cardBrand(textOf(of['brand'])), last4 };
  if (BANK_DEBITS.has(type)) return { type: 'bank_debit', last4 };
  return { type, brand: NAMES.get(type), last4 };
}

function cardBrand(brand: string | undefined): string | undefined {
  return brand === undefined || brand === 'unknown' ? undefined : (CARD_BRANDS.get(brand) ?? brand);
}
