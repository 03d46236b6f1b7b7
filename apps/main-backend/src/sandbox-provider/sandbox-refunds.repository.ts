import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { SandboxIdempotency } from './sandbox-payments.repository.js';
import type { SandboxRefund, SandboxRefundStatus } from './sandbox-refund.js';
import { SANDBOX_REFUND_MODEL } from './sandbox-refund.schema.js';
import type { SandboxRefundRow } from './sandbox-refund.schema.js';

@Injectable()
export class SandboxRefundsRepository {
  constructor(@InjectModel(SANDBOX_REFUND_MODEL) private readonly rows: Model<SandboxRefundRow>) {}

  /** @throws the driver's duplicate key error when the account has used the key before */
  async insert(refund: SandboxRefund, { key, requestHash }: SandboxIdempotency, session: ClientSession): Promise<void> {
    const { id, ...fields } = refund;
    await this.rows.create([{ _id: id, ...fields, idempotencyKey: key, requestHash }], { session });
  }

  async findByKey(account: string, idempotencyKey: string): Promise<{ refund: SandboxRefund; requestHash: string } | undefined> {
    const row = await this.rows.findOne({ account, idempotencyKey }).lean<SandboxRefundRow | null>();
    return row ? { refund: toRefund(row), requestHash: row.requestHash } : undefined;
  }

  async findById(account: string, id: string): Promise<SandboxRefund | undefined> {
    const row = await this.rows.findOne({ _id: id, account }).lean<SandboxRefundRow | null>();
    return row ? toRefund(row) : undefined;
  }

  /** Newest first. */
  async findByPayment(account: string, paymentId: string): Promise<SandboxRefund[]> {
    const rows = await this.rows.find({ account, paymentId }).sort({ createdAt: -1, _id: -1 }).limit(1000).lean<SandboxRefundRow[]>();
    return rows.map(toRefund);
  }

  /** The one that has waited longest for its decision. */
  async findDueSettlement(now: Date): Promise<SandboxRefund | undefined> {
    const row = await this.rows
      .findOne({ settleAt: { $lte: now } })
      .sort({ settleAt: 1 })
      .lean<SandboxRefundRow | null>();
    return row ? toRefund(row) : undefined;
  }

  /** Undefined when the refund has left the status it was read in. */
  async move(refund: SandboxRefund, to: SandboxRefundStatus, now: Date, session: ClientSession): Promise<SandboxRefund | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        { _id: refund.id, status: refund.status },
        { $set: { status: to, updatedAt: now }, $unset: { settleAt: '' } },
        { session, returnDocument: 'after' },
      )
      .lean<SandboxRefundRow | null>();
    return row ? toRefund(row) : undefined;
  }
}

function toRefund({ _id, idempotencyKey: _key, requestHash: _hash, ...fields }: SandboxRefundRow): SandboxRefund {
  return { id: _id, ...fields };
}
