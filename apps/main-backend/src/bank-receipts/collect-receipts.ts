import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { MainConfig } from '../main-config.js';
import { ProviderGateway } from '../providers/index.js';
import { LookUpSteps } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { RecordReceipt } from './record-receipt.js';

const DAY_MS = 24 * 3_600_000;
/** Banks and buyers live in other time zones; and what providers give in one answer at least. */
const MARGIN_MS = DAY_MS;
const LONGEST_MS = 400 * DAY_MS;
const MOST_REMEMBERED = 10_000;

interface Asked {
  readonly at: number;
  readonly from: number;
  readonly done: Promise<void>;
}

/**
 * Asks providers for money that came, whenever an open transfer is looked at: a notification may have got lost. One question
 * brings the money of all payments of the account, so it is not asked again for each of them.
 */
@Injectable()
export class CollectReceipts implements OnModuleInit {
  private readonly asked = new Map<string, Asked>();

  constructor(
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly record: RecordReceipt,
    private readonly steps: LookUpSteps,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.steps.add((transaction) => this.execute(transaction));
  }

  async execute(transaction: TransactionRecord): Promise<void> {
    if (!this.gateway.tellsReceipts(transaction.providerType)) return;
    const now = this.clock.now().getTime();
    const from = Math.max(transaction.createdAt.getTime() - MARGIN_MS, now - LONGEST_MS);
    const key = `${transaction.providerId} ${transaction.currency}`;
    const before = this.asked.get(key);
    if (before && before.from <= from && now - before.at < this.config.RECONCILE_AFTER_MS) return before.done;
    if (this.asked.size >= MOST_REMEMBERED) this.asked.clear();
    const done = this.collect(transaction, new Date(from), new Date(now + MARGIN_MS)).catch((error: unknown) => {
      this.asked.delete(key);
      throw error;
    });
    this.asked.set(key, { at: now, from, done });
    return done;
  }

  private async collect({ scope, providerId, currency }: TransactionRecord, from: Date, to: Date): Promise<void> {
    const account = this.configuration.account(providerId);
    if (!account) return;
    for (const money of await this.gateway.readReceipts(account, { currency, from, to })) {
      await this.record.fromProvider(scope, providerId, money);
    }
  }
}
