import { Inject, Injectable } from '@nestjs/common';
import { DomainError, ERRORS } from '@paygate/kernel';
import type { FieldProblem, TenantScope } from '@paygate/kernel';
import { Schema } from 'mongoose';
import type { ClientSession, Model } from 'mongoose';
import { isWriteConflict } from '../transactions/database-errors.js';

const KEPT_SECONDS = 48 * 3600;

const REUSED_KEY: FieldProblem = {
  field: 'Idempotency-Key',
  code: 'idempotency_key_reused',
  message: ERRORS.idempotency_key_reused.title,
  expected: 'the same request as before, or a new key',
};

/** One answered request. It exists exactly when the effect of the request is committed. */
export interface IdempotencyRow {
  _id: string;
  requestHash: string;
  /** Wrapped, so that MongoDB keeps results of every shape. */
  outcome?: { result: object };
  createdAt: Date;
}

export const IDEMPOTENCY_MODEL = 'IdempotencyKey';

export const idempotencySchema = new Schema<IdempotencyRow>(
  {
    _id: { type: String, required: true },
    requestHash: { type: String, required: true },
    outcome: { type: Schema.Types.Mixed },
    createdAt: { type: Date, required: true },
  },
  { collection: 'idempotency_keys', versionKey: false },
).index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** The request a caller may send again. */
export interface RepeatableRequest {
  /** Whose key it is; keys of the platform itself are apart from those of every tenant. */
  scope: TenantScope | 'platform';
  /** What is done, e.g. `checkout.create`: one key may be used once per operation. */
  operation: string;
  /** The caller's `Idempotency-Key`. */
  key: string;
  /** From {@link requestHash}. */
  requestHash: string;
}

/** Makes a repeated request answer what the first one answered. Keys are kept for 48 hours. */
@Injectable()
export class IdempotencyKeys {
  constructor(@Inject(IDEMPOTENCY_MODEL) private readonly rows: Model<IdempotencyRow>) {}

  /**
   * Runs `effect` once per key and stores its result in the caller's transaction, so key and effect are committed
   * together or not at all. `effect` runs inside that transaction: database work only. Its result must be
   * what JSON can carry; a date comes back as text.
   * @throws DomainError `idempotency_key_reused` when the key came with another request,
   *   `request_in_progress` when the first request with this key did not end before the transaction's deadline
   */
  async once<T extends object>(
    session: ClientSession,
    request: RepeatableRequest,
    effect: () => Promise<T>,
  ): Promise<{ result: T; replayed: boolean }> {
    const _id = rowId(request);
    const known = await this.claim(session, _id, request.requestHash);
    if (known) {
      if (known.requestHash !== request.requestHash) throw new DomainError('idempotency_key_reused', undefined, [REUSED_KEY]);
      // The row is visible only with its result: both are written in one transaction.
      return { result: known.outcome?.result as T, replayed: true };
    }
    // What is answered now is what will be answered then: plain JSON, without undefined.
    const result = JSON.parse(JSON.stringify(await effect())) as T;
    await this.rows.updateOne({ _id }, { $set: { outcome: { result } } }, { session });
    return { result, replayed: false };
  }

  /** Takes the key, or returns the row of who took it before. */
  private async claim(session: ClientSession, _id: string, requestHash: string): Promise<IdempotencyRow | null> {
    try {
      return await this.rows
        .findOneAndUpdate(
          { _id },
          { $setOnInsert: { requestHash, createdAt: new Date() } },
          // An insert that meets an existing key would end the transaction; an upsert just finds it.
          { session, upsert: true, returnDocument: 'before' },
        )
        .lean<IdempotencyRow | null>();
    } catch (error) {
      // The other request is still writing. Transactions repeats this one, which then finds the result.
      if (isWriteConflict(error)) throw new DomainError('request_in_progress', undefined, undefined, { cause: error });
      throw error;
    }
  }
}

function rowId({ scope, operation, key }: RepeatableRequest): string {
  const owner = scope === 'platform' ? scope : `${scope.organizationId}:${scope.livemode ? 'live' : 'test'}`;
  return `${owner}:${operation}:${key}`;
}
