import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { ChargebackView, UpdateChargebackCommand } from '@paygate/messages';
import { canChargebackMove, CHARGEBACK_TRANSITIONS, isChargebackOpen } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import { CLOCK } from '../clock.js';
import { RecordMoneyBack, TransactionsRepository } from '../transactions/index.js';
import type { ChargebackRecord } from './chargeback.js';
import { ChargebacksRepository } from './chargebacks.repository.js';
import { presentChargeback } from './present-chargeback.js';

/** Lets an operator say how a dispute stands. A later word of the provider still holds against it. */
@Injectable()
export class UpdateChargeback {
  constructor(
    private readonly chargebacks: ChargebacksRepository,
    private readonly transactions: TransactionsRepository,
    private readonly recordMoney: RecordMoneyBack,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError chargeback_not_found, invalid_transition with details `{status, allowed}` */
  async execute(command: UpdateChargebackCommand): Promise<ChargebackView> {
    return presentChargeback(await this.database.run((session) => this.update(command, session)));
  }

  private async update(command: UpdateChargebackCommand, session: ClientSession): Promise<ChargebackRecord> {
    const scope = tenantScopeOf(command);
    const { transactionId, chargebackId, status: to, note } = command;
    const chargeback = await this.chargebacks.findById(scope, chargebackId, session);
    const transaction = await this.transactions.findById(scope, transactionId, session);
    if (!transaction || chargeback?.transactionId !== transactionId) throw new DomainError('chargeback_not_found');
    const { status, amount, currency } = chargeback;
    if (status === to) return chargeback;
    if (!canChargebackMove(status, to)) {
      throw new DomainError('invalid_transition', undefined, { status, allowed: CHARGEBACK_TRANSITIONS[status] });
    }
    const now = this.clock.now();
    const detail = note === undefined ? chargebackId : `${chargebackId}: ${note}`;
    const entry = { at: now, type: `chargeback_${to}`, source: 'operator', detail } as const;
    await this.recordMoney.execute(
      transaction,
      { chargeback: { id: chargebackId, status: to, amount, currency, at: now }, entry },
      session,
    );
    const closedAt = isChargebackOpen(to) ? undefined : now;
    const moved = await this.chargebacks.move(chargeback, { to, since: now, closedAt }, now, session);
    if (!moved) throw new DomainError('conflict');
    return moved;
  }
}
