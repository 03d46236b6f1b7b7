import { last4, testInstrument } from './test-instruments.js';
import type { InstrumentOutcome } from './test-instruments.js';

/** The life of a simulated payment as data. Named unlike ours on purpose: an adapter has to translate. */
export const SANDBOX_TRANSITIONS = {
  awaiting_buyer: ['challenge_required', 'processing', 'paid', 'declined', 'canceled'],
  challenge_required: ['paid', 'declined', 'canceled'],
  processing: ['paid', 'declined', 'canceled'],
  paid: [],
  declined: [],
  canceled: [],
} as const satisfies Record<string, readonly string[]>;

export type SandboxStatus = keyof typeof SANDBOX_TRANSITIONS;

export const SANDBOX_STATUSES = Object.keys(SANDBOX_TRANSITIONS) as readonly SandboxStatus[];

/** Statuses the merchant is told of. */
export const ANNOUNCED_STATUSES: ReadonlySet<SandboxStatus> = new Set(['processing', 'paid', 'declined', 'canceled']);

export interface SandboxMethod {
  readonly type: 'card' | 'bank_debit';
  readonly brand?: string;
  readonly last4: string;
}

export interface SandboxPayment {
  readonly id: string;
  /** SHA-256 of the key the payment was created with: one key never sees another's payments. */
  readonly account: string;
  /** Unguessable part of the address of the payment's page. */
  readonly pageToken: string;
  readonly transactionId: string;
  readonly status: SandboxStatus;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly webhookUrl?: string;
  /** Encrypted with context `sandbox:<id>:webhook-secret`. */
  readonly webhookSecret?: string;
  readonly method?: SandboxMethod;
  readonly declineCode?: string;
  /** When a debit is decided, and how. */
  readonly settleAt?: Date;
  readonly settleDeclineCode?: string;
  /** Minor units sent back, or on their way. */
  readonly takenBack?: number;
  /** The buyer's bank will not take money back. */
  readonly refundsFail?: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A step a payment takes. */
export interface SandboxMove {
  readonly to: SandboxStatus;
  readonly method?: SandboxMethod;
  readonly declineCode?: string;
  readonly settleAt?: Date;
  readonly settleDeclineCode?: string;
  readonly refundsFail?: boolean;
}

export function canSandboxMove(from: SandboxStatus, to: SandboxStatus): boolean {
  return (SANDBOX_TRANSITIONS[from] as readonly SandboxStatus[]).includes(to);
}

/** What paying with a test instrument does; undefined for a token that does not exist. */
export function moveByInstrument(token: string, now: Date, debitDelayMs: number): SandboxMove | undefined {
  const instrument = testInstrument(token);
  if (!instrument) return undefined;
  const { type, brand, outcome } = instrument;
  return { ...moveByOutcome(outcome, now, debitDelayMs), method: { type, brand, last4: last4(instrument) } };
}

function moveByOutcome(outcome: InstrumentOutcome, now: Date, debitDelayMs: number): SandboxMove {
  switch (outcome.kind) {
    case 'paid':
      return { to: 'paid', refundsFail: outcome.refundsFail };
    case 'declined':
      return { to: 'declined', declineCode: outcome.code };
    case 'challenge':
      return { to: 'challenge_required' };
    case 'debit':
      return { to: 'processing', settleAt: new Date(now.getTime() + debitDelayMs), settleDeclineCode: outcome.thenDeclined };
  }
}

/** The buyer's answer on the page of their bank. */
export function moveByChallenge(passed: boolean): SandboxMove {
  return passed ? { to: 'paid' } : { to: 'declined', declineCode: 'authentication_failed' };
}

/** What a debit in processing comes to. */
export function moveBySettlement(payment: Pick<SandboxPayment, 'settleDeclineCode'>): SandboxMove {
  return payment.settleDeclineCode === undefined ? { to: 'paid' } : { to: 'declined', declineCode: payment.settleDeclineCode };
}
