import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@paygate/kernel';
import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ProviderRefusal } from '../../src/providers/index.js';
import type {
  HookHeaders,
  ConnectionCheck,
  HandOff,
  PaymentRequest,
  ProviderAccount,
  ProviderAdapter,
  ProviderEvent,
  ProviderDispute,
  ProviderPayment,
  ProviderRefund,
  ProviderRefunds,
  ProviderSubject,
  RefundRequest,
} from '../../src/providers/index.js';

/** How the next payment begins. The two timeouts differ in whether the provider got the request. */
export type CreateBehaviour =
  | { kind: 'answer'; word: ProviderWord; handOff?: HandOff }
  | { kind: 'timeout'; received: boolean; word?: ProviderWord }
  | { kind: 'refuse'; code: string };

/** How the next completion ends. The two timeouts differ in whether the money was taken. */
export type CompleteBehaviour = { kind: 'answer' } | { kind: 'timeout'; taken: boolean } | { kind: 'refuse'; code: string };
type FakeOperation = 'create' | 'look_up' | 'complete' | 'cancel' | 'refund' | 'look_up_refund';

/** How the next refund begins; as `CreateBehaviour`. */
export type RefundBehaviour =
  { kind: 'answer'; word: RefundStatus } | { kind: 'timeout'; received: boolean; word?: RefundStatus } | { kind: 'refuse'; code: string };

/** A payment provider in memory: holds payments, honours the idempotency key, and can be told what becomes of each. */
export class FakeProvider implements ProviderAdapter {
  readonly type = 'fake';
  readonly testModeOnly = true;
  readonly browserSources = { scripts: ['https://js.fake.example'], connections: ['https://api.fake.example'], frames: [] };
  readonly calls: { operation: FakeOperation; transactionId: string; accountId: string }[] = [];
  readonly requests: PaymentRequest[] = [];
  reachable = true;
  /** Absent unless `completesPayments` was called. */
  completePayment?: NonNullable<ProviderAdapter['completePayment']>;
  forgetsUnpaidAfterMs?: number;
  /** The transactions whose money was taken by completing them, once for each time. */
  readonly taken: string[] = [];
  private readonly payments = new Map<string, ProviderPayment>();
  private next: CreateBehaviour = { kind: 'answer', word: 'requires_buyer' };
  private readonly nextAt = new Map<string, CreateBehaviour>();
  private gate: Promise<void> | undefined;
  private events = 0;

  readonly refunds: ProviderRefunds = {
    partial: true,
    create: (account, request) => this.createRefund(account, request),
    lookUp: (account, refund) => this.lookUpRefund(account, refund),
  };
  private readonly refundsMade = new Map<string, ProviderRefund>();
  private nextRefund: RefundBehaviour = { kind: 'answer', word: 'succeeded' };
  private seconds = 0;

  /** From now on refunds begin so. */
  onRefund(behaviour: RefundBehaviour): void {
    this.nextRefund = behaviour;
  }

  /** From now on payments begin so. */
  onCreate(behaviour: CreateBehaviour): void {
    this.next = behaviour;
  }

  /** From now on the money moves only when we complete a payment, and completing ends so. */
  completesPayments(behaviour: CompleteBehaviour = { kind: 'answer' }): void {
    this.completePayment = async ({ id: accountId }, { transactionId }) => {
      this.calls.push({ operation: 'complete', transactionId, accountId });
      await this.gate;
      this.requireReachable();
      if (behaviour.kind === 'refuse') throw new ProviderRefusal({ code: behaviour.code, message: 'The money could not be taken.' });
      if (behaviour.kind === 'timeout' && !behaviour.taken) throw new DomainError('provider_error');
      if (this.payment(transactionId).word !== 'succeeded') this.taken.push(transactionId);
      const payment = this.decide(transactionId, { word: 'succeeded', awaitsCompletion: undefined });
      if (behaviour.kind === 'timeout') throw new DomainError('provider_error');
      return payment;
    };
  }

  /** The buyer agrees at the provider's page. */
  agree(transactionId: string): void {
    this.decide(transactionId, { word: 'requires_buyer', awaitsCompletion: true, redirectUrl: undefined });
  }

  /** The provider forgets the payment. */
  forget(transactionId: string): void {
    this.payments.delete(transactionId);
  }

  /** From now on payments through this account begin so, whatever else is said. */
  onCreateAt(accountId: string, behaviour: CreateBehaviour): void {
    this.nextAt.set(accountId, behaviour);
  }

  /** Calls wait until the returned function is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.gate = new Promise((resolve) => (release = resolve));
    return () => {
      this.gate = undefined;
      release();
    };
  }

  /** Resolves as soon as a payment has been brought to the account. */
  async called(accountId: string): Promise<void> {
    await eventually(() => {
      if (!this.calls.some((call) => call.accountId === accountId)) throw new Error('the provider was not called');
    });
  }

  /** The provider decides; its later answers say so. */
  decide(transactionId: string, change: Partial<ProviderPayment> & { word: ProviderWord }): ProviderPayment {
    const payment = { ...this.payment(transactionId), ...change };
    this.payments.set(transactionId, payment);
    return payment;
  }

  /** What we were asked about one payment, in order. */
  callsAbout(transactionId: string): string[] {
    return this.calls.filter((call) => call.transactionId === transactionId).map((call) => call.operation);
  }

  payment(transactionId: string): ProviderPayment {
    const payment = this.payments.get(transactionId);
    if (!payment) throw new Error(`the provider has no payment of transaction ${transactionId}`);
    return payment;
  }

  has(transactionId: string): boolean {
    return this.payments.has(transactionId);
  }

  /** What the provider has sent back of a payment, in minor units. */
  sentBack(transactionId: string): number {
    const made = this.refundsOf(transactionId).filter(({ word }) => word !== 'failed');
    return made.reduce((sum, { amount }) => sum + amount, 0);
  }

  /** The refunds it has made of a payment. */
  refundsOf(transactionId: string): ProviderRefund[] {
    const { reference } = this.payment(transactionId);
    return [...this.refundsMade.values()].filter(({ paymentReference }) => paymentReference === reference);
  }

  /** The provider decides over a refund; its later answers say so. */
  decideRefund(reference: string, word: RefundStatus): ProviderRefund {
    const known = this.refundsMade.get(reference);
    if (!known) throw new Error(`the provider has no refund ${reference}`);
    const refund = { ...known, word, occurredAt: this.tick() };
    this.refundsMade.set(reference, refund);
    return refund;
  }

  /** A refund made at the provider's own pages: it knows the payment only. */
  ownRefund(transactionId: string, amount: number, word: RefundStatus = 'succeeded'): ProviderRefund {
    const { reference: paymentReference, currency } = this.payment(transactionId);
    const reference = `re_own_${this.refundsMade.size}_${transactionId}`;
    const refund: ProviderRefund = { reference, paymentReference, word, amount, currency, occurredAt: this.tick() };
    this.refundsMade.set(reference, refund);
    return refund;
  }

  /** How a dispute over a payment stands from now on. */
  dispute(transactionId: string, word: ChargebackStatus, changes: Partial<ProviderDispute> = {}): ProviderDispute {
    const { reference: paymentReference, amount, currency } = this.payment(transactionId);
    const reference = `dp_${transactionId}`;
    return { reference, paymentReference, word, amount, currency, reason: 'fraudulent', occurredAt: this.tick(), ...changes };
  }

  /** A signed notification of how the payment stands now. */
  notification(account: ProviderAccount, transactionId: string, id = this.newEventId()): SignedNotification {
    return this.batch(account, [{ id, subject: { kind: 'payment', payment: this.payment(transactionId) } }]);
  }

  /** A signed notification of any number of events. */
  batch(account: ProviderAccount, events: readonly { id?: string; subject?: ProviderSubject }[]): SignedNotification {
    const body = JSON.stringify(events.map(({ id = this.newEventId(), subject }) => ({ id, subject })));
    return { body, headers: { 'content-type': 'application/json', 'x-fake-signature': sign(account, Buffer.from(body)) } };
  }

  async createPayment({ id: accountId }: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    this.calls.push({ operation: 'create', transactionId: request.transactionId, accountId });
    this.requests.push(request);
    const behaviour = this.nextAt.get(accountId) ?? this.next;
    await this.gate;
    switch (behaviour.kind) {
      case 'answer':
        return this.create(request, behaviour.word, behaviour.handOff);
      case 'refuse':
        throw new ProviderRefusal({ code: behaviour.code, message: 'The provider does not take this payment.' });
      case 'timeout':
        if (behaviour.received) this.create(request, behaviour.word ?? 'requires_buyer');
        throw new DomainError('provider_error');
    }
  }

  async lookUpPayment(
    { id: accountId }: ProviderAccount,
    { transactionId }: { transactionId: string },
  ): Promise<ProviderPayment | undefined> {
    this.calls.push({ operation: 'look_up', transactionId, accountId });
    await this.gate;
    this.requireReachable();
    return this.payments.get(transactionId);
  }

  async cancelPayment({ id: accountId }: ProviderAccount, reference: string): Promise<ProviderPayment> {
    this.calls.push({ operation: 'cancel', transactionId: reference.replace('pay_', ''), accountId });
    await this.gate;
    this.requireReachable();
    const payment = [...this.payments.values()].find((candidate) => candidate.reference === reference);
    if (!payment) throw new DomainError('provider_error');
    return payment.word === 'requires_buyer' ? this.decide(payment.transactionId, { word: 'cancelled' }) : payment;
  }

  /** Accepts every secret but `wrong`; does not answer while it is held. */
  async checkConnection({ credentials }: ProviderAccount): Promise<ConnectionCheck> {
    await this.gate;
    this.requireReachable();
    const accepted = credentials['secret'] !== 'wrong';
    return { code: accepted ? 'ok' : 'credentials_rejected', message: accepted ? 'Accepted.' : 'Not accepted.' };
  }

  readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): readonly ProviderEvent[] {
    const given = Buffer.from(String(headers['x-fake-signature'] ?? ''));
    const expected = Buffer.from(sign(account, rawBody));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new DomainError('webhook_signature_invalid');
    this.requireReachable();
    const events = JSON.parse(rawBody.toString('utf8')) as { id: string; subject?: ProviderSubject }[];
    return events.map(({ id, subject }) => ({ id, type: subject?.kind ?? 'other', occurredAt: new Date(), subject: revived(subject) }));
  }

  private async createRefund(account: ProviderAccount, request: RefundRequest): Promise<ProviderRefund> {
    this.calls.push({ operation: 'refund', transactionId: request.transactionId, accountId: account.id });
    const behaviour = this.nextRefund;
    await this.gate;
    switch (behaviour.kind) {
      case 'answer':
        return this.refund(request, behaviour.word);
      case 'refuse':
        throw new ProviderRefusal({ code: behaviour.code, message: 'The provider does not send this back.' });
      case 'timeout':
        if (behaviour.received) this.refund(request, behaviour.word ?? 'succeeded');
        throw new DomainError('provider_error');
    }
  }

  private async lookUpRefund(
    account: ProviderAccount,
    { refundId, reference }: { refundId: string; reference?: string },
  ): Promise<ProviderRefund | undefined> {
    const found = [...this.refundsMade.values()].find((refund) => refund.refundId === refundId || refund.reference === reference);
    this.calls.push({ operation: 'look_up_refund', transactionId: found?.transactionId ?? '', accountId: account.id });
    await this.gate;
    this.requireReachable();
    return found;
  }

  private refund({ refundId, transactionId, paymentReference, amount, currency }: RefundRequest, word: RefundStatus): ProviderRefund {
    const reference = `re_${refundId}`;
    const known = this.refundsMade.get(reference);
    if (known) return known;
    const left = this.payment(transactionId).amount - this.sentBack(transactionId);
    if (amount > left) throw new ProviderRefusal({ code: 'amount_too_large', message: 'There is not that much left.' });
    const refund: ProviderRefund = {
      reference,
      refundId,
      transactionId,
      paymentReference,
      word,
      amount,
      currency,
      occurredAt: this.tick(),
    };
    this.refundsMade.set(reference, refund);
    return refund;
  }

  /** Later than every time it gave before. */
  private tick(): Date {
    return new Date(Date.UTC(2026, 0, 1) + ++this.seconds * 1000);
  }

  private newEventId(): string {
    return `evt_${++this.events}`;
  }

  private create({ transactionId, amount, currency }: PaymentRequest, word: ProviderWord, handOff?: HandOff): ProviderPayment {
    const known = this.payments.get(transactionId);
    if (known) return known;
    const reference = `pay_${transactionId}`;
    const wayOn = handOff ? { handOff } : { redirectUrl: `https://fake.example/${reference}` };
    const payment: ProviderPayment = { reference, transactionId, word, amount, currency, ...wayOn };
    this.payments.set(transactionId, payment);
    return payment;
  }

  private requireReachable(): void {
    if (!this.reachable) throw new DomainError('provider_error');
  }
}

export interface SignedNotification {
  body: string;
  headers: Record<string, string>;
}

/** JSON has no dates. */
function revived(subject: ProviderSubject | undefined): ProviderSubject | undefined {
  switch (subject?.kind) {
    case 'refund':
      return { ...subject, refund: { ...subject.refund, occurredAt: new Date(subject.refund.occurredAt) } };
    case 'dispute':
      return { ...subject, dispute: { ...subject.dispute, occurredAt: new Date(subject.dispute.occurredAt) } };
    default:
      return subject;
  }
}

function sign({ credentials }: ProviderAccount, body: Buffer): string {
  return createHmac('sha256', credentials['secret'] ?? '')
    .update(body)
    .digest('hex');
}
