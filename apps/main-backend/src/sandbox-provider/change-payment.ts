import { Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { ANNOUNCED_STATUSES, canSandboxMove } from './sandbox-payment.js';
import type { SandboxMove, SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import { SandboxWorker } from './sandbox-worker.js';

/** Moves a payment on, and writes its notification in the same transaction: a crash loses neither or both. */
@Injectable()
export class ChangePayment {
  constructor(
    private readonly payments: SandboxPaymentsRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly database: Transactions,
    private readonly worker: SandboxWorker,
  ) {}

  /** @returns the payment as it then stands: unchanged when the step is not possible, or somebody else's when they were faster */
  async execute(payment: SandboxPayment, move: SandboxMove): Promise<SandboxPayment> {
    if (!canSandboxMove(payment.status, move.to)) return payment;
    const now = new Date();
    const moved = await this.database.run(async (session) => {
      const changed = await this.payments.move(payment, move, now, session);
      if (changed && ANNOUNCED_STATUSES.has(changed.status)) {
        await this.webhooks.add(changed, { type: `payment.${changed.status}` }, now, session);
      }
      return changed;
    });
    if (moved) this.worker.wake();
    return moved ?? (await this.payments.findById(payment.account, payment.id)) ?? payment;
  }
}
