import { Injectable } from '@nestjs/common';
import { isDuplicateKey, requestHash, Transactions } from '@paygate/data-kit';
import { DomainError, newPrefixedId } from '@paygate/kernel';
import type { CreateRefundDto } from './dto/money-back.dto.js';
import { presentRefund } from './present-money-back.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { canSandboxRefundMove } from './sandbox-refund.js';
import type { SandboxRefund, SandboxRefundStatus } from './sandbox-refund.js';
import { SandboxRefundsRepository } from './sandbox-refunds.repository.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import { SandboxWorker } from './sandbox-worker.js';
import { SandboxConfig } from './sandbox.config.js';

/** Sends money of a paid payment back, decided a little later; never more than there is, whoever asks at the same time. */
@Injectable()
export class RefundPayment {
  constructor(
    private readonly refunds: SandboxRefundsRepository,
    private readonly payments: SandboxPaymentsRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly database: Transactions,
    private readonly worker: SandboxWorker,
    private readonly config: SandboxConfig,
  ) {}

  /** @throws DomainError transaction_not_refundable, refund_exceeds_remaining, idempotency_key_reused */
  async create(payment: SandboxPayment, body: CreateRefundDto, idempotencyKey: string | undefined): Promise<SandboxRefund> {
    const { refundId, amount, reason } = body;
    const hash = requestHash({ paymentId: payment.id, refundId, amount, reason });
    try {
      return await this.insert(payment, body, { key: idempotencyKey, requestHash: hash });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const known = await this.refunds.findByKey(payment.account, idempotencyKey ?? '');
    if (!known) throw new DomainError('conflict');
    if (known.requestHash !== hash) throw new DomainError('idempotency_key_reused');
    return known.refund;
  }

  /** @returns the refund as it then stands: unchanged when the step is not possible, or somebody else's when they were faster */
  async decide(refund: SandboxRefund, to: SandboxRefundStatus): Promise<SandboxRefund> {
    if (!canSandboxRefundMove(refund.status, to)) return refund;
    const now = new Date();
    const moved = await this.database.run(async (session) => {
      const changed = await this.refunds.move(refund, to, now, session);
      if (!changed) return undefined;
      if (to === 'rejected') await this.payments.giveBack(refund.paymentId, refund.amount, session);
      const payment = await this.payments.findById(refund.account, refund.paymentId, session);
      if (payment) await this.webhooks.add(payment, { type: `refund.${to}`, data: { refund: presentRefund(changed) } }, now, session);
      return changed;
    });
    if (moved) this.worker.wake();
    return moved ?? (await this.refunds.findById(refund.account, refund.id)) ?? refund;
  }

  /** Decides everything whose time has come. */
  async settleDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const due = await this.refunds.findDueSettlement(new Date());
      if (!due) return;
      const payment = await this.payments.findById(due.account, due.paymentId);
      await this.decide(due, payment?.refundsFail ? 'rejected' : 'paid_out');
    }
  }

  private async insert(
    payment: SandboxPayment,
    { refundId, amount: wanted, reason }: CreateRefundDto,
    idempotency: { key?: string; requestHash: string },
  ): Promise<SandboxRefund> {
    return this.database.run(async (session) => {
      const now = new Date();
      const current = (await this.payments.findById(payment.account, payment.id, session)) ?? payment;
      const { id: paymentId, account, transactionId, currency } = current;
      const left = current.amount - (current.takenBack ?? 0);
      const amount = wanted ?? left;
      const refund: SandboxRefund = {
        ...{ id: newPrefixedId('sbxref', now), account, paymentId, transactionId, refundId, amount, currency, reason },
        ...{ status: 'queued', settleAt: new Date(now.getTime() + this.config.SANDBOX_DEBIT_DELAY_MS), createdAt: now, updatedAt: now },
      };
      // First, so that a repetition is recognized whatever has become of the payment.
      await this.refunds.insert(refund, idempotency, session);
      if (current.status !== 'paid') throw new DomainError('transaction_not_refundable');
      if (amount < 1 || amount > left) throw new DomainError('refund_exceeds_remaining');
      await this.payments.takeBack(paymentId, amount, session);
      return refund;
    });
  }
}
