import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { PASSKEY_MODEL } from './passkey.schema.js';
import type { PasskeyRow } from './passkey.schema.js';

export type Passkey = Omit<PasskeyRow, '_id'> & { id: string };

/** What a successful sign-in tells about a passkey. */
export interface PasskeyUse {
  /** The count now. */
  counter: number;
  backedUp: boolean;
  at: Date;
}

/** Passkeys belong to a person, not to an organization: their owner takes the place of the tenant. */
@Injectable()
export class PasskeysRepository {
  constructor(@InjectModel(PASSKEY_MODEL) private readonly rows: Model<PasskeyRow>) {}

  /** The one look-up without an owner: signing in finds out whose passkey it is. */
  async findForAuthentication(credentialId: string): Promise<Passkey | undefined> {
    return toPasskey(await this.rows.findOne({ credentialId }).lean<PasskeyRow | null>());
  }

  /** Oldest first. */
  async listOfUser(userId: string, session?: ClientSession): Promise<Passkey[]> {
    const found = await this.rows.find({ userId }, null, { session }).sort({ createdAt: 1, _id: 1 }).lean<PasskeyRow[]>();
    return found.map(passkeyOf);
  }

  async findOfUser(userId: string, id: string, session: ClientSession): Promise<Passkey | undefined> {
    return toPasskey(await this.rows.findOne({ _id: id, userId }, null, { session }).lean<PasskeyRow | null>());
  }

  /** @throws the driver's duplicate key error when this credential is registered, whoever's it is */
  async insertForUser({ id, ...fields }: Passkey, session: ClientSession): Promise<void> {
    await this.rows.create([{ ...fields, _id: id }], { session });
  }

  async renameOfUser(userId: string, id: string, label: string, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id, userId }, { $set: { label } }, { session });
  }

  async removeOfUser(userId: string, id: string, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ _id: id, userId }, { session });
  }

  /** False when the passkey is gone, or its count has reached this one meanwhile: a copy of it was used at the same time. */
  async recordUse(id: string, { counter, backedUp, at }: PasskeyUse, session: ClientSession): Promise<boolean> {
    const earlier = counter === 0 ? 0 : { $lt: counter };
    const { matchedCount } = await this.rows.updateOne(
      { _id: id, counter: earlier },
      { $set: { counter, backedUp, lastUsedAt: at } },
      { session },
    );
    return matchedCount === 1;
  }
}

function toPasskey(row: PasskeyRow | null): Passkey | undefined {
  return row ? passkeyOf(row) : undefined;
}

function passkeyOf({ _id, ...fields }: PasskeyRow): Passkey {
  return { id: _id, ...fields };
}
