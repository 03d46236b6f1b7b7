import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { SandboxDispute, SandboxDisputeStatus } from './sandbox-dispute.js';
import { SANDBOX_DISPUTE_MODEL } from './sandbox-dispute.schema.js';
import type { SandboxDisputeRow } from './sandbox-dispute.schema.js';

@Injectable()
export class SandboxDisputesRepository {
  constructor(@InjectModel(SANDBOX_DISPUTE_MODEL) private readonly rows: Model<SandboxDisputeRow>) {}

  async insert({ id, ...fields }: SandboxDispute, session: ClientSession): Promise<void> {
    await this.rows.create([{ _id: id, ...fields }], { session });
  }

  async findById(account: string, id: string): Promise<SandboxDispute | undefined> {
    const row = await this.rows.findOne({ _id: id, account }).lean<SandboxDisputeRow | null>();
    return row ? toDispute(row) : undefined;
  }

  /** Newest first. */
  async findByPayment(account: string, paymentId: string): Promise<SandboxDispute[]> {
    const rows = await this.rows.find({ account, paymentId }).sort({ createdAt: -1, _id: -1 }).limit(100).lean<SandboxDisputeRow[]>();
    return rows.map(toDispute);
  }

  /** Undefined when the dispute has left the status it was read in. */
  async move(dispute: SandboxDispute, to: SandboxDisputeStatus, now: Date, session: ClientSession): Promise<SandboxDispute | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        { _id: dispute.id, status: dispute.status },
        { $set: { status: to, updatedAt: now } },
        { session, returnDocument: 'after' },
      )
      .lean<SandboxDisputeRow | null>();
    return row ? toDispute(row) : undefined;
  }
}

function toDispute({ _id, ...fields }: SandboxDisputeRow): SandboxDispute {
  return { id: _id, ...fields };
}
