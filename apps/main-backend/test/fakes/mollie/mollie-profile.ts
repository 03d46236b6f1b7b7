import { randomBytes } from 'node:crypto';
import { isCurrencyCode, minorDigits, Money } from '@paygate/kernel';
import { MollieProblem, unprocessable } from './mollie-problem.js';

/** Mollie's own list of currencies; KWD and others are not in it. */
const CURRENCIES = new Set(
  'AED AUD BGN BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS ISK JPY MXN MYR NOK NZD PHP PLN RON RUB SEK SGD THB TWD USD ZAR'.split(' '),
);
const MOST_AT_ONCE = 250;
const LONGEST_METADATA = 1024;

interface Amount {
  value: string;
  currency: string;
}

interface Payment {
  id: string;
  createdAt: string;
  amount: Amount;
  status: string;
  method: string | null;
  isCancelable: boolean;
  /** What else the API shows of it. */
  rest: Record<string, unknown>;
  refunds: Refund[];
  chargebacks: Chargeback[];
  /** What it becomes once it has been shown as it is. */
  next?: 'paid' | 'failed';
}

interface Refund {
  id: string;
  createdAt: string;
  amount: Amount;
  status: string;
  description: string;
  metadata: unknown;
}

interface Chargeback {
  id: string;
  createdAt: string;
  amount: Amount;
  reversedAt: string | null;
}

/** Refunds and debits go one step further whenever they have been looked at, so that no test waits for a clock. */
const REFUND_STEPS: Readonly<Record<string, string>> = { queued: 'pending', pending: 'processing', processing: 'refunded' };

/** One profile of one merchant: what a key gives access to. */
export class MollieProfile {
  private readonly id = `pfl_${randomBytes(5).toString('hex')}`;
  private readonly payments: Payment[] = [];
  private readonly answers = new Map<string, object>();

  constructor(private readonly mode: 'test' | 'live') {}

  self(): object {
    return { resource: 'profile', id: this.id, mode: this.mode, name: 'Example Shop', status: 'verified' };
  }

  once(key: string | string[] | undefined, make: () => object): object {
    if (typeof key !== 'string') return make();
    const answer = this.answers.get(key) ?? make();
    this.answers.set(key, answer);
    return answer;
  }

  /** An hour later no key is remembered. */
  forgetKeys(): void {
    this.answers.clear();
  }

  createPayment(body: unknown): object {
    const { amount, description, redirectUrl, webhookUrl, metadata, locale, method = null } = (body ?? {}) as Record<string, unknown>;
    const checked = checkAmount(amount);
    if (typeof description !== 'string' || description === '') throw unprocessable('description', 'The description is missing');
    if (typeof redirectUrl !== 'string') throw unprocessable('redirectUrl', 'The redirect location is missing');
    if (typeof webhookUrl === 'string' && /^https?:\/\/(localhost|127\.)/.test(webhookUrl)) {
      throw unprocessable('webhookUrl', "The webhook URL is invalid because it is unreachable from Mollie's point of view");
    }
    if (JSON.stringify(metadata ?? null).length > LONGEST_METADATA) throw unprocessable('metadata', 'The metadata is too large');
    const payment: Payment = {
      id: `tr_${randomBytes(8).toString('hex')}`,
      createdAt: new Date().toISOString(),
      amount: checked,
      status: 'open',
      method: typeof method === 'string' ? method : null,
      isCancelable: true,
      rest: { description, redirectUrl, webhookUrl, metadata: metadata ?? null, locale: locale ?? null },
      refunds: [],
      chargebacks: [],
    };
    this.payments.unshift(payment);
    return this.show(payment);
  }

  payment(id: string, embed = ''): object {
    const payment = this.find(id);
    const shown = this.show(payment, embed);
    if (payment.next) this.decide(id, payment.next);
    return shown;
  }

  listPayments({ limit, from }: Record<string, string>, baseUrl: string): object {
    return this.page('payments', this.payments, { limit, from }, `${baseUrl}/payments`, (payment) => this.show(payment));
  }

  cancel(id: string): object {
    const payment = this.find(id);
    if (payment.status !== 'open' || !payment.isCancelable) throw unprocessable('id', 'The payment cannot be canceled');
    this.decide(id, 'canceled');
    return this.show(payment);
  }

  createRefund(id: string, body: unknown): object {
    const payment = this.find(id);
    const { amount, description = '', metadata = null } = (body ?? {}) as { amount?: unknown; description?: string; metadata?: unknown };
    const checked = checkAmount(amount);
    if (payment.status !== 'paid') throw unprocessable('id', 'The payment is not paid and cannot be refunded');
    if (checked.currency !== payment.amount.currency)
      throw unprocessable('amount.currency', 'The currency differs from that of the payment');
    if (minor(checked) > minor(payment.amount) - refundedOf(payment)) {
      throw unprocessable('amount', 'The specified amount cannot be refunded: it is higher than the remaining amount');
    }
    const twin = payment.refunds.some((other) => minor(other.amount) === minor(checked) && other.description === description);
    if (twin) throw new MollieProblem(409, 'Conflict', 'A duplicate refund has been detected');
    const refund: Refund = {
      id: `re_${randomBytes(8).toString('hex')}`,
      createdAt: new Date().toISOString(),
      amount: checked,
      status: 'pending',
      description,
      metadata,
    };
    payment.refunds.unshift(refund);
    return showRefund(payment, refund);
  }

  refund(paymentId: string, id: string): object {
    const payment = this.find(paymentId);
    const refund = payment.refunds.find((candidate) => candidate.id === id);
    if (!refund) throw new MollieProblem(404, 'Not Found', `No refund exists with token ${id}.`);
    return lookedAt(payment, refund);
  }

  listRefunds(id: string, { limit, from }: Record<string, string>, baseUrl: string): object {
    const payment = this.find(id);
    const address = `${baseUrl}/payments/${id}/refunds`;
    return this.page('refunds', payment.refunds, { limit, from }, address, (refund) => lookedAt(payment, refund));
  }

  /** The buyer, or Mollie, decides. */
  decide(id: string, status: 'paid' | 'failed' | 'canceled' | 'expired' | 'pending' | 'authorized', method = 'creditcard'): void {
    const payment = this.find(id);
    Object.assign(payment, { status, method, isCancelable: false, next: undefined });
    const now = new Date().toISOString();
    payment.rest[`${status}At`] = now;
    if (status === 'paid') payment.rest['details'] = { cardLabel: 'Visa', cardNumber: '6787' };
    if (status === 'failed') payment.rest['details'] = { cardLabel: 'Visa', cardNumber: '6787', failureReason: 'insufficient_funds' };
  }

  /** The buyer ordered a debit: it is pending, and decided once somebody has seen that. */
  decideLater(id: string, status: 'paid' | 'failed'): void {
    this.decide(id, 'pending', 'banktransfer');
    this.find(id).next = status;
  }

  /** The buyer chose a method whose payments cannot be cancelled. */
  fixed(id: string): void {
    this.find(id).isCancelable = false;
  }

  /** Everything on its way to the buyer arrives, or comes back. */
  settleRefunds(id: string, status: 'refunded' | 'failed' | 'canceled' = 'refunded'): void {
    for (const refund of this.find(id).refunds) refund.status = status;
  }

  chargeBack(id: string): void {
    const { chargebacks, amount } = this.find(id);
    const createdAt = new Date().toISOString();
    chargebacks.unshift({ id: `chb_${randomBytes(8).toString('hex')}`, createdAt, amount, reversedAt: null });
  }

  reverse(id: string): void {
    for (const chargeback of this.find(id).chargebacks) chargeback.reversedAt = new Date().toISOString();
  }

  private find(id: string): Payment {
    const payment = this.payments.find((candidate) => candidate.id === id);
    if (!payment) throw new MollieProblem(404, 'Not Found', `No payment exists with token ${id}.`);
    return payment;
  }

  private show(payment: Payment, embed = ''): object {
    const { id, createdAt, amount, status, method, isCancelable, rest, refunds, chargebacks } = payment;
    const checkout =
      status === 'open' ? { checkout: { href: `https://www.mollie.com/checkout/select-method/${id}`, type: 'text/html' } } : {};
    const wanted = embed.split(',');
    const embedded = {
      ...(wanted.includes('refunds') ? { refunds: refunds.map((refund) => showRefund(payment, refund)) } : {}),
      ...(wanted.includes('chargebacks') ? { chargebacks: chargebacks.map((chargeback) => showChargeback(payment, chargeback)) } : {}),
    };
    return {
      resource: 'payment',
      id,
      mode: this.mode,
      createdAt,
      amount,
      status,
      method,
      isCancelable,
      ...rest,
      profileId: this.id,
      _links: { self: { href: `https://api.mollie.com/v2/payments/${id}`, type: 'application/hal+json' }, ...checkout },
      ...(embed === '' ? {} : { _embedded: embedded }),
    };
  }

  /** Lists are newest first; `from` is the entry a page begins with. */
  private page<T extends { id: string }>(
    name: string,
    all: readonly T[],
    { limit = '50', from }: Record<string, string | undefined>,
    address: string,
    show: (entry: T) => object,
  ): object {
    if (Number(limit) > MOST_AT_ONCE) throw new MollieProblem(400, 'Bad Request', 'The limit is too high');
    const start = from === undefined ? 0 : all.findIndex(({ id }) => id === from);
    const entries = all.slice(start, start + Number(limit));
    const next = all[start + Number(limit)];
    const link = next ? { href: `${address}?from=${next.id}&limit=${limit}`, type: 'application/hal+json' } : null;
    return { count: entries.length, _embedded: { [name]: entries.map(show) }, _links: { previous: null, next: link } };
  }
}

function checkAmount(amount: unknown): Amount {
  const { value, currency } = (amount ?? {}) as Partial<Record<string, unknown>>;
  if (typeof currency !== 'string' || !CURRENCIES.has(currency) || !isCurrencyCode(currency)) {
    throw unprocessable('amount.currency', 'The amount contains an invalid currency');
  }
  const digits = minorDigits(currency);
  const form = digits === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${digits}}$`);
  if (typeof value !== 'string' || !form.test(value)) throw unprocessable('amount.value', 'The amount contains an invalid value');
  return { value, currency };
}

function minor({ value, currency }: Amount): number {
  return Money.parse(value, currency).toMinorNumber();
}

function refundedOf({ refunds }: Payment): number {
  return refunds.filter(({ status }) => !['failed', 'canceled'].includes(status)).reduce((sum, { amount }) => sum + minor(amount), 0);
}

function lookedAt(payment: Payment, refund: Refund): object {
  const shown = showRefund(payment, refund);
  refund.status = REFUND_STEPS[refund.status] ?? refund.status;
  return shown;
}

function showRefund({ id: paymentId }: Payment, refund: Refund): object {
  return { resource: 'refund', ...refund, paymentId };
}

function showChargeback({ id: paymentId }: Payment, chargeback: Chargeback): object {
  return { resource: 'chargeback', ...chargeback, paymentId, reason: null };
}
