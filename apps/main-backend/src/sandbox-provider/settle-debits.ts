import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { ChangePayment } from './change-payment.js';
import { RefundPayment } from './refund-payment.js';
import { moveBySettlement } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import { SandboxWorker } from './sandbox-worker.js';

/** What happens without anybody asking: debits and refunds are decided when their time has come, notifications go out. */
@Injectable()
export class SettleDebits implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly payments: SandboxPaymentsRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly change: ChangePayment,
    private readonly refund: RefundPayment,
    private readonly worker: SandboxWorker,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.start(async (signal) => {
      await this.settleDue(signal);
      await this.refund.settleDue(signal);
      await this.webhooks.sendDue(signal);
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker.stop();
  }

  private async settleDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const due = await this.payments.findDueSettlement(new Date());
      if (!due) return;
      await this.change.execute(due, moveBySettlement(due));
    }
  }
}
