import { Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError, newPrefixedId } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';
import type { OpenDisputeDto } from './dto/money-back.dto.js';
import { presentDispute } from './present-money-back.js';
import { canSandboxDisputeMove } from './sandbox-dispute.js';
import type { SandboxDispute, SandboxDisputeStatus } from './sandbox-dispute.js';
import { SandboxDisputesRepository } from './sandbox-disputes.repository.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import { SandboxWorker } from './sandbox-worker.js';

const TIME_FOR_EVIDENCE_MS = 14 * 24 * 3_600_000;

/** What a buyer's bank does: takes the money back, and decides the case. */
@Injectable()
export class DisputePayment {
  constructor(
    private readonly disputes: SandboxDisputesRepository,
    private readonly payments: SandboxPaymentsRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly database: Transactions,
    private readonly worker: SandboxWorker,
  ) {}

  /** @throws DomainError transaction_not_refundable for what is not paid */
  async open(payment: SandboxPayment, { amount, reason = 'fraudulent' }: OpenDisputeDto): Promise<SandboxDispute> {
    if (payment.status !== 'paid') throw new DomainError('transaction_not_refundable');
    const now = new Date();
    const { id: paymentId, account, transactionId, currency } = payment;
    const dispute: SandboxDispute = {
      ...{ id: newPrefixedId('sbxdsp', now), account, paymentId, transactionId, status: 'opened', currency, reason },
      ...{ amount: Math.min(amount ?? payment.amount, payment.amount), createdAt: now, updatedAt: now },
      evidenceDueBy: new Date(now.getTime() + TIME_FOR_EVIDENCE_MS),
    };
    await this.database.run(async (session) => {
      await this.disputes.insert(dispute, session);
      await this.tell(payment, dispute, now, session);
    });
    this.worker.wake();
    return dispute;
  }

  /** @returns the dispute as it then stands: unchanged when the step is not possible, or somebody else's when they were faster */
  async decide(dispute: SandboxDispute, to: SandboxDisputeStatus): Promise<SandboxDispute> {
    if (!canSandboxDisputeMove(dispute.status, to)) return dispute;
    const now = new Date();
    const moved = await this.database.run(async (session) => {
      const changed = await this.disputes.move(dispute, to, now, session);
      const payment = changed && (await this.payments.findById(dispute.account, dispute.paymentId, session));
      if (payment) await this.tell(payment, changed, now, session);
      return changed;
    });
    if (moved) this.worker.wake();
    return moved ?? (await this.disputes.findById(dispute.account, dispute.id)) ?? dispute;
  }

  private async tell(payment: SandboxPayment, dispute: SandboxDispute, now: Date, session: ClientSession): Promise<void> {
    await this.webhooks.add(payment, { type: `dispute.${dispute.status}`, data: { dispute: presentDispute(dispute) } }, now, session);
  }
}
