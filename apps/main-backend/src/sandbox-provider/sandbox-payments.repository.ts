import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@paygate/data-kit';
import type { ClientSession, Model } from 'mongoose';
import type { SandboxMove, SandboxPayment } from './sandbox-payment.js';
import { SANDBOX_PAYMENT_MODEL } from './sandbox-payment.schema.js';
import type { SandboxPaymentRow } from './sandbox-payment.schema.js';

/** A key under which a creation may be repeated, and what it stands for. */
export interface SandboxIdempotency {
  readonly key?: string;
  readonly requestHash: string;
}

@Injectable()
export class SandboxPaymentsRepository {
  constructor(@InjectModel(SANDBOX_PAYMENT_MODEL) private readonly rows: Model<SandboxPaymentRow>) {}

  /** False when the account has used the key before. */
  async insert(payment: SandboxPayment, idempotency: SandboxIdempotency): Promise<boolean> {
    const { id, ...fields } = payment;
    const row: SandboxPaymentRow = { _id: id, ...fields, idempotencyKey: idempotency.key, requestHash: idempotency.requestHash };
    try {
      await this.rows.create([row]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async findByKey(account: string, idempotencyKey: string): Promise<{ payment: SandboxPayment; requestHash: string } | undefined> {
    const row = await this.rows.findOne({ account, idempotencyKey }).lean<SandboxPaymentRow | null>();
    return row ? { payment: toPayment(row), requestHash: row.requestHash } : undefined;
  }

  async findById(account: string, id: string, session?: ClientSession): Promise<SandboxPayment | undefined> {
    const row = await this.rows.findOne({ _id: id, account }, null, { session }).lean<SandboxPaymentRow | null>();
    return row ? toPayment(row) : undefined;
  }

  /** Newest first. */
  async findByTransaction(account: string, transactionId: string): Promise<SandboxPayment[]> {
    const rows = await this.rows.find({ account, transactionId }).sort({ createdAt: -1, _id: -1 }).limit(100).lean<SandboxPaymentRow[]>();
    return rows.map(toPayment);
  }

  async findByPageToken(pageToken: string): Promise<SandboxPayment | undefined> {
    const row = await this.rows.findOne({ pageToken }).lean<SandboxPaymentRow | null>();
    return row ? toPayment(row) : undefined;
  }

  /** The debit that has waited longest for its decision. */
  async findDueSettlement(now: Date): Promise<SandboxPayment | undefined> {
    const row = await this.rows
      .findOne({ settleAt: { $lte: now } })
      .sort({ settleAt: 1 })
      .lean<SandboxPaymentRow | null>();
    return row ? toPayment(row) : undefined;
  }

  /** Two refunds at once write the same payment, so one of them sees what the other has taken. */
  async takeBack(id: string, amount: number, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $inc: { takenBack: amount } }, { session });
  }

  /** A refund did not come through. */
  async giveBack(id: string, amount: number, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $inc: { takenBack: -amount } }, { session });
  }

  /** Undefined when the payment has left the status it was read in. */
  async move(payment: SandboxPayment, move: SandboxMove, now: Date, session: ClientSession): Promise<SandboxPayment | undefined> {
    const { to, ...patch } = move;
    const row = await this.rows
      .findOneAndUpdate(
        { _id: payment.id, status: payment.status },
        { $set: defined({ status: to, updatedAt: now, ...patch }), ...(patch.settleAt ? {} : { $unset: { settleAt: '' } }) },
        { session, returnDocument: 'after' },
      )
      .lean<SandboxPaymentRow | null>();
    return row ? toPayment(row) : undefined;
  }
}

function toPayment({ _id, idempotencyKey: _key, requestHash: _hash, ...fields }: SandboxPaymentRow): SandboxPayment {
  return { id: _id, ...fields };
}

/** MongoDB would store `undefined` as null. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
