import { idFact, numberAmount } from '../fact-limits.js';
import type { AmountFact } from '../fact-limits.js';

/** What each event says the thing it is about has become. */
export const PANEL_STATUS = {
  'payment.completed': 'completed',
  'payment.failed': 'failed',
  'payout.processed': 'processed',
  'payout.rejected': 'rejected',
  'user.created': 'active',
  'user.suspended': 'suspended',
  'webhook.test': 'test',
} as const;

export type PanelEvent = keyof typeof PANEL_STATUS;

export const PANEL_EVENTS = Object.keys(PANEL_STATUS) as readonly PanelEvent[];

type PaymentEvent = 'payment.completed' | 'payment.failed';
type PayoutEvent = 'payout.processed' | 'payout.rejected';
type UserEvent = 'user.created' | 'user.suspended';

/** What a panel webhook announces. Ids have 1 to 64 characters. The status follows from the event. */
export type PanelFacts =
  /** `payer`: the buyer's name. */
  | ({ event: PaymentEvent; orderId: string; payer: string; occurredAt: Date } & AmountFact)
  /** `payer`: the merchant's name, whose money it is. `beneficiary`: who receives it. */
  | ({ event: PayoutEvent; orderId: string; payer: string; beneficiary: string; occurredAt: Date } & AmountFact)
  | { event: UserEvent; userId: string; role: string; occurredAt: Date }
  | { event: 'webhook.test'; occurredAt: Date };

/** The parsed body. `amount` in major units, `timestamp` of the event, ISO 8601 UTC. */
export type PanelWebhook =
  | ({ event: PaymentEvent; status: 'completed' | 'failed' } & MoneyMoved)
  | ({ event: PayoutEvent; status: 'processed' | 'rejected'; beneficiary: string } & MoneyMoved)
  | { event: UserEvent; user_id: string; role: string; status: 'active' | 'suspended'; timestamp: string }
  | { event: 'webhook.test'; status: 'test'; timestamp: string };

interface MoneyMoved {
  order_id: string;
  amount: number;
  currency: string;
  payer: string;
  timestamp: string;
}

/**
 * The body of a panel webhook. Its UTF-8 bytes are what is stored, signed and sent on every attempt.
 * @throws RangeError when a fact breaks a limit
 */
export function buildPanelBody(facts: PanelFacts): string {
  return JSON.stringify(bodyOf(facts));
}

function bodyOf(facts: PanelFacts): PanelWebhook {
  const timestamp = facts.occurredAt.toISOString();
  switch (facts.event) {
    case 'payment.completed':
    case 'payment.failed':
      return { event: facts.event, ...money(facts), status: PANEL_STATUS[facts.event], payer: facts.payer, timestamp };
    case 'payout.processed':
    case 'payout.rejected': {
      const status = PANEL_STATUS[facts.event];
      return { event: facts.event, ...money(facts), status, payer: facts.payer, beneficiary: facts.beneficiary, timestamp };
    }
    case 'user.created':
    case 'user.suspended': {
      const status = PANEL_STATUS[facts.event];
      return { event: facts.event, user_id: idFact('userId', facts.userId), role: facts.role, status, timestamp };
    }
    case 'webhook.test':
      return { event: facts.event, status: PANEL_STATUS[facts.event], timestamp };
  }
}

function money(facts: { orderId: string } & AmountFact): Pick<MoneyMoved, 'order_id' | 'amount' | 'currency'> {
  return { order_id: idFact('orderId', facts.orderId), amount: numberAmount(facts), currency: facts.currency };
}

export function isPanelWebhook(body: unknown): body is PanelWebhook {
  return (PANEL_EVENTS as readonly unknown[]).includes((body as { event?: unknown }).event);
}
