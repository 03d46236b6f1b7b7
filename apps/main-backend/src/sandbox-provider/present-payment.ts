import type { SandboxMethod, SandboxPayment, SandboxStatus } from './sandbox-payment.js';
import { DECLINE_TEXTS } from './test-instruments.js';

/** A payment in the sandbox's API and webhooks. */
export interface SandboxPaymentBody {
  id: string;
  transactionId: string;
  status: SandboxStatus;
  amount: number;
  currency: string;
  description: string;
  method?: SandboxMethod;
  failure?: { code: string; message: string };
  /** Where the buyer goes on; only while something is left for the buyer to do. */
  redirectUrl?: string;
  createdAt: string;
  updatedAt: string;
}

/** @param origin where the caller reached us; without one no address is given */
export function presentPayment(payment: SandboxPayment, origin?: string): SandboxPaymentBody {
  const { id, transactionId, status, amount, currency, description, method, declineCode } = payment;
  return {
    id,
    transactionId,
    status,
    amount,
    currency,
    description,
    method,
    failure:
      declineCode === undefined ? undefined : { code: declineCode, message: DECLINE_TEXTS[declineCode] ?? 'The payment was refused.' },
    redirectUrl: origin === undefined || buyerPath(payment) === undefined ? undefined : `${origin}${buyerPath(payment) ?? ''}`,
    createdAt: payment.createdAt.toISOString(),
    updatedAt: payment.updatedAt.toISOString(),
  };
}

/** The page on which the buyer has something to do. */
export function buyerPath({ status, pageToken }: Pick<SandboxPayment, 'status' | 'pageToken'>): string | undefined {
  if (status === 'awaiting_buyer') return `/sandbox/pay/${pageToken}`;
  return status === 'challenge_required' ? `/sandbox/challenge/${pageToken}` : undefined;
}
