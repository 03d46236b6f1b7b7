import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Outbox, tenantFilter } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import { taxMoved } from '@paygate/messages';
import { isPaid } from '@paygate/payments-domain';
import type { ClientSession, Model, mongo } from 'mongoose';
import type { TaxDecision, TaxMovement, TaxVerdict } from './tax-decision.js';
import { moneyGone, paidAt } from './taxed-payment.js';
import type { TaxedPayment } from './taxed-payment.js';
import { taxToTell } from './tell-tax.js';
import { TAX_MOVEMENT_MODEL, TRANSACTION_TAX_MODEL } from './transaction-tax.schema.js';
import type { TaxMovementRow, TransactionTaxRow } from './transaction-tax.schema.js';

/** What is known of the tax of one transaction. */
export interface KnownTax {
  decision: TaxDecision;
  movements: TaxMovement[];
}

/**
 * How one tenant's transactions are taxed, and what was told of it. Everything is written in the database transaction that
 * changes the transaction itself: two changes of one transaction meet there, so none of them tells from what it has not seen.
 */
@Injectable()
export class TransactionTaxes {
  /** Past mongoose, which would drop empty objects and check what is typed already. */
  private readonly decisions: mongo.Collection<TransactionTaxRow>;
  private readonly movements: mongo.Collection<TaxMovementRow>;

  constructor(
    @InjectModel(TRANSACTION_TAX_MODEL) decisions: Model<TransactionTaxRow>,
    @InjectModel(TAX_MOVEMENT_MODEL) movements: Model<TaxMovementRow>,
    private readonly outbox: Outbox,
  ) {
    this.decisions = decisions.db.collection<TransactionTaxRow>(decisions.collection.collectionName);
    this.movements = movements.db.collection<TaxMovementRow>(movements.collection.collectionName);
  }

  /** Before the transaction names the version: what follows reads it. */
  async decide(
    scope: TenantScope,
    { transactionId, version }: Pick<TaxDecision, 'transactionId' | 'version'>,
    verdict: TaxVerdict,
    calculatedAt: Date,
    session: ClientSession,
  ): Promise<void> {
    const row = { transactionId, version, ...verdict };
    // As JSON has it: without what is undefined.
    const plain = JSON.parse(JSON.stringify(row)) as typeof row;
    await this.decisions.insertOne(
      { _id: decisionId(transactionId, version), ...tenantFilter(scope), ...plain, calculatedAt },
      { session },
    );
  }

  /** Tells what a change of a transaction means for its tax. @param before undefined when it has just come into being */
  async follow(before: TaxedPayment | undefined, after: TaxedPayment, now: Date, session: ClientSession): Promise<void> {
    const { taxVersion, scope, id } = after;
    if (taxVersion === undefined || (before && isAlike(before, after))) return;
    const decision = await this.find(scope, id, taxVersion, session);
    if (!decision) return;
    // Nothing is told before the payment, and what is paid stays so.
    const told = before && isPaid(before.status) ? await this.toldOf(scope, [id], session) : [];
    for (const [index, { place, moved }] of taxToTell(decision, after, told).entries()) {
      const position = told.length + index;
      const row = { _id: moved.id, ...tenantFilter(scope), transactionId: id, position, place, moved, createdAt: now };
      await this.movements.insertOne(row, { session });
      await this.outbox.add(session, taxMoved, moved, { orderingKey: `tax:${id}` });
    }
  }

  async find(scope: TenantScope, transactionId: string, version: number, session?: ClientSession): Promise<TaxDecision | undefined> {
    const row = await this.decisions.findOne({ _id: decisionId(transactionId, version), ...tenantFilter(scope) }, { session });
    return row ? toDecision(row) : undefined;
  }

  /** By the transaction; those without a decision are missing. */
  async findAll(scope: TenantScope, transactions: readonly Pick<TaxedPayment, 'id' | 'taxVersion'>[]): Promise<Map<string, KnownTax>> {
    const ids = transactions.flatMap(({ id, taxVersion }) => (taxVersion === undefined ? [] : [decisionId(id, taxVersion)]));
    if (ids.length === 0) return new Map();
    const rows = await this.decisions.find({ _id: { $in: ids }, ...tenantFilter(scope) }).toArray();
    const told = await this.toldOf(
      scope,
      rows.map(({ transactionId }) => transactionId),
    );
    return new Map(
      rows.map((row) => [
        row.transactionId,
        { decision: toDecision(row), movements: told.filter(({ moved }) => moved.transactionId === row.transactionId) },
      ]),
    );
  }

  /** In the order in which it was told. */
  private async toldOf(scope: TenantScope, transactionIds: readonly string[], session?: ClientSession): Promise<TaxMovement[]> {
    const rows = await this.movements
      .find({ transactionId: { $in: [...transactionIds] }, ...tenantFilter(scope) }, { session, sort: { transactionId: 1, position: 1 } })
      .toArray();
    return rows.map(({ place, moved }) => ({ place, moved }));
  }
}

/** Whether nothing has changed that tax follows from. */
function isAlike(before: TaxedPayment, after: TaxedPayment): boolean {
  const state = (payment: TaxedPayment): string =>
    JSON.stringify([payment.taxVersion, paidAt(payment), moneyGone({ ...payment, updatedAt: before.updatedAt })]);
  return state(before) === state(after);
}

function decisionId(transactionId: string, version: number): string {
  return `${transactionId}:${version}`;
}

function toDecision({ _id, organizationId, livemode, ...fields }: TransactionTaxRow): TaxDecision {
  return { scope: TenantScope.of(organizationId, livemode), ...fields };
}
