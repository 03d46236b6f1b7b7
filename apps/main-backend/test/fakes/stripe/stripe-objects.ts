import { randomBytes } from 'node:crypto';

export interface FakeIntent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_received: number;
  currency: string;
  status: string;
  client_secret: string;
  created: number;
  description: string | null;
  livemode: boolean;
  metadata: Record<string, string>;
  latest_charge: string | null;
  last_payment_error: object | null;
  next_action: object | null;
  canceled_at: number | null;
}

export interface FakeCharge {
  id: string;
  object: 'charge';
  amount: number;
  amount_refunded: number;
  currency: string;
  created: number;
  status: 'succeeded' | 'failed' | 'pending';
  paid: boolean;
  captured: boolean;
  refunded: boolean;
  disputed: boolean;
  payment_intent: string;
  payment_method_details: object;
  metadata: Record<string, string>;
}

export interface FakeRefund {
  id: string;
  object: 'refund';
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  created: number;
  status: string;
  reason: string | null;
  failure_reason?: string;
  metadata: Record<string, string>;
}

export interface FakeDispute {
  id: string;
  object: 'dispute';
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  created: number;
  status: string;
  reason: string;
  evidence_details: { due_by: number | null; has_evidence: boolean };
  balance_transactions: { id: string; amount: number }[];
  metadata: Record<string, string>;
}

export interface FakeEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  type: string;
  livemode: boolean;
  data: { object: object };
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Currencies whose amounts are whole units, and those with three decimals of which the last is 0. */
const NO_DECIMALS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMALS = new Set('bhd jod kwd omr tnd'.split(' '));
const TWO_DECIMALS = new Set(
  'aed aud bgn brl cad chf cny czk dkk eur gbp hkd huf idr ils inr isk mxn myr nok nzd php pln ron sar sek sgd thb try twd ugx usd zar'.split(
    ' ',
  ),
);
/** Smallest charges, of those the tests come near. */
const SMALLEST: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50, chf: 50, sek: 300 };

/** Why Stripe does not take an amount; undefined when it does. */
export function amountProblem(amount: number, currency: string): { message: string; code: string; param: string } | undefined {
  if (!NO_DECIMALS.has(currency) && !TWO_DECIMALS.has(currency) && !THREE_DECIMALS.has(currency)) {
    return { message: `Invalid currency: ${currency}`, code: 'invalid_currency', param: 'currency' };
  }
  if (amount < (SMALLEST[currency] ?? 1))
    return { message: 'Amount must be at least the minimum charge', code: 'amount_too_small', param: 'amount' };
  if (amount > 99_999_999) return { message: 'Amount must be no more than 99999999', code: 'amount_too_large', param: 'amount' };
  const wholeUnitsWithDecimals = currency === 'isk' || currency === 'ugx';
  const fits = THREE_DECIMALS.has(currency) ? amount % 10 === 0 : !wholeUnitsWithDecimals || amount % 100 === 0;
  return fits
    ? undefined
    : { message: 'The amount has more decimals than the currency', code: 'parameter_invalid_integer', param: 'amount' };
}
