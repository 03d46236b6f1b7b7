import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { SESSION_MODEL } from './session.schema.js';
import type { SessionEndReason, SessionRow } from './session.schema.js';

export type Session = Omit<SessionRow, '_id' | 'refreshHash'> & { id: string };

/** The rotation of a refresh token: from one of these hashes to the new one. */
export interface Rotation {
  from: readonly string[];
  to: string;
  at: Date;
  expiresAt: Date;
}

/** Sessions of people, across organizations. */
@Injectable()
export class SessionsRepository {
  constructor(@InjectModel(SESSION_MODEL) private readonly rows: Model<SessionRow>) {}

  async findForAuthentication(id: string): Promise<Session | undefined> {
    const row = await this.rows.findById(id).lean<SessionRow | null>();
    return row ? toSession(row) : undefined;
  }

  async insertForOperators({ id, ...fields }: Session & { refreshHash: string }, session: ClientSession): Promise<void> {
    await this.rows.create([{ ...fields, _id: id }], { session });
  }

  /** False when the session is over, or none of the hashes is that of its present token. */
  async rotateForOperators(id: string, { from, to, at, expiresAt }: Rotation): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, refreshHash: { $in: [...from] }, endedAt: null, expiresAt: { $gt: at } },
      { $set: { refreshHash: to, lastUsedAt: at, expiresAt } },
    );
    return modifiedCount === 1;
  }

  /** False when it was over already. */
  async endForOperators(id: string, reason: SessionEndReason, at: Date, session: ClientSession): Promise<boolean> {
    return (await this.end({ _id: id }, reason, at, session)) === 1;
  }

  /** Ends every session of a person. Returns how many there were. */
  async endOfUserForOperators(userId: string, reason: SessionEndReason, at: Date, session: ClientSession): Promise<number> {
    return this.end({ userId }, reason, at, session);
  }

  /** Ends the sessions a passkey opened, except the one that asks. */
  async endOfPasskeyForOperators(
    { userId, passkeyId, except }: { userId: string; passkeyId: string; except: string },
    at: Date,
    session: ClientSession,
  ): Promise<number> {
    return this.end({ userId, passkeyId, _id: { $ne: except } }, 'passkey_deleted', at, session);
  }

  private async end(which: QueryFilter<SessionRow>, reason: SessionEndReason, at: Date, session: ClientSession): Promise<number> {
    const { modifiedCount } = await this.rows.updateMany(
      { ...which, endedAt: null },
      { $set: { endedAt: at, endReason: reason } },
      { session },
    );
    return modifiedCount;
  }
}

function toSession({ _id, refreshHash: _hash, ...fields }: SessionRow): Session {
  return { id: _id, ...fields };
}
