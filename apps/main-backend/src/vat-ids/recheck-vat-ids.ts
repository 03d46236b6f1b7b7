import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import type { Clock, TenantScope } from '@paygate/kernel';
import { SERVICE_LOGGER, Sweep } from '@paygate/nest-kit';
import type { ClientSession } from 'mongoose';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { CheckVatId } from './check-vat-id.js';
import { VatIdRechecksRepository } from './vat-id-rechecks.repository.js';
import type { DueRecheck, VatIdToRecheck } from './vat-id-rechecks.repository.js';

const MINUTE_MS = 60_000;
const LEASE_MS = MINUTE_MS;
/** The service limits how many questions are asked at the same time. */
const LANES = 2;
/** Then every twelve hours. States are away for minutes on most days, and for nights now and then. */
const DELAYS_MS = [5, 15, 60, 180, 360, 720].map((minutes) => minutes * MINUTE_MS);
const GIVEN_UP_AFTER_MS = 30 * 24 * 60 * MINUTE_MS;

/**
 * Asks again about VAT ids of transactions made while the Commission's service did not answer, and tells what it says. The
 * tax of the transaction stays what it was: whether it is changed is the merchant's decision.
 */
@Injectable()
export class RecheckVatIds extends Sweep<DueRecheck> {
  constructor(
    private readonly rechecks: VatIdRechecksRepository,
    private readonly check: CheckVatId,
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    config: MainConfig,
  ) {
    super({ name: 'recheck-vat-ids', everyMs: config.RECHECK_VAT_IDS_EVERY_MS, lanes: LANES, logger });
  }

  /** Remembers to ask again, in the database transaction that writes the transaction. */
  async later(scope: TenantScope, vatId: VatIdToRecheck, session: ClientSession): Promise<void> {
    const now = this.clock.now();
    await this.rechecks.add(scope, vatId, now, new Date(now.getTime() + delayAfter(0)), session);
  }

  protected claim(): Promise<DueRecheck | undefined> {
    return this.rechecks.claimDueOfAllTenants(this.clock.now(), LEASE_MS);
  }

  /** One that fails must not hold up the others; its next turn is already set. */
  protected async handle(due: DueRecheck): Promise<void> {
    const { scope, transactionId, vatId, countryCode: country, attempts, createdAt } = due;
    try {
      const found = await this.check.execute(scope, { vatId, country, validation: 'vies' });
      const now = this.clock.now();
      if (found.status === 'valid' || found.status === 'invalid') {
        await this.transactions.run((session) => this.rechecks.settle(scope, transactionId, found, now, session));
        return;
      }
      const isOver = now.getTime() - createdAt.getTime() > GIVEN_UP_AFTER_MS;
      await this.rechecks.postpone(scope, transactionId, isOver ? undefined : new Date(now.getTime() + delayAfter(attempts)), now);
    } catch (error) {
      this.logger.error({ err: error, transactionId }, 'the VAT id of a transaction could not be checked again; it is tried later');
    }
  }
}

function delayAfter(attempts: number): number {
  return DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? LEASE_MS;
}
