import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Clock, TenantScope } from '@paygate/kernel';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import { receivedState, transferReference } from '@paygate/payments-domain';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { ApplyProviderResult, TransactionsRepository } from '../transactions/index.js';
import { BankReceiptsRepository } from './bank-receipts.repository.js';

/** A request that is still at it has settled by then. */
const LEFT_BEHIND_AFTER_MS = 60_000;
const MOST_AT_ONCE = 100;

/**
 * Lets a transfer succeed once its money is complete. Recording money and deciding about it are two steps, so that the
 * decision is made by the same function as every other word about a payment; what a crash leaves between them is found by a
 * sweep.
 */
@Injectable()
export class SettleTransfer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly receipts: BankReceiptsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly apply: ApplyProviderResult,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    config: MainConfig,
  ) {
    const run = (): Promise<void> => this.settleLeftBehind();
    this.task = new PeriodicTask({ name: 'settle-transfers', everyMs: config.RECONCILE_EVERY_MS, run, logger });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** Does nothing while money is missing, and nothing again when it was done before. @throws as ApplyProviderResult */
  async execute(scope: TenantScope, transactionId: string): Promise<void> {
    const receipts = await this.receipts.findOfTransaction(scope, transactionId);
    const transaction = await this.transactions.findById(scope, transactionId);
    if (!transaction) return;
    const { providerId, amount, currency, providerReference: reference = transferReference(transactionId) } = transaction;
    if (receivedState(amount, transaction.receivedAmount ?? 0).complete) {
      await this.apply.execute({
        scope,
        providerId,
        transactionId,
        payment: { reference, transactionId, word: 'succeeded', amount, currency, method: { type: 'bank_transfer' } },
        source: receipts.some((receipt) => receipt.source !== 'operator') ? 'bank' : 'operator',
      });
    }
    // Only those seen above: one that comes in this moment is settled by whoever records it.
    await this.receipts.markSettled(
      scope,
      receipts.map(({ id }) => id),
    );
  }

  /** For the sweep; tests call it, too. */
  async settleLeftBehind(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - LEFT_BEHIND_AFTER_MS);
    for (const { scope, transactionId, id } of await this.receipts.findUnsettledOfAllTenants(before, MOST_AT_ONCE)) {
      try {
        if (transactionId !== undefined) await this.execute(scope, transactionId);
      } catch (error) {
        this.logger.error({ err: error, receiptId: id, transactionId }, 'money of a transfer could not be settled; it is tried again');
      }
    }
  }
}
