import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage, findPlatformPageForOperators } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { API_KEY_MODEL } from './api-key.schema.js';
import type { ApiKeyRow, Environment, PreviousSecret } from './api-key.schema.js';
import type { ApiKey, KeyStatus } from './api-key.js';
import type { KeyOwner } from './key-owner.js';

export interface KeyFilter {
  environment?: Environment;
  status?: KeyStatus;
}

/** What may be changed about a key. `null` takes the expiry away. */
export interface KeyChange {
  name?: string;
  scopes?: string[];
  ipAllowlist?: string[];
  expiresAt?: Date | null;
}

/** The keys of organizations and of the platform. Every method takes their owner, whose mode decides between live and test keys. */
@Injectable()
export class ApiKeysRepository {
  constructor(@InjectModel(API_KEY_MODEL) private readonly rows: Model<ApiKeyRow>) {}

  /** A look-up without an owner: authentication finds out whose key it is. */
  async findForAuthentication(keyId: string): Promise<ApiKey | undefined> {
    return toApiKey(await this.rows.findOne({ keyId }).lean<ApiKeyRow | null>());
  }

  /** The key behind an authenticated caller, whoever owns it. */
  async findByIdForOperators(id: string, session: ClientSession): Promise<ApiKey | undefined> {
    return toApiKey(await this.rows.findById(id, null, { session }).lean<ApiKeyRow | null>());
  }

  async find(owner: KeyOwner, id: string, session?: ClientSession): Promise<ApiKey | undefined> {
    return toApiKey(await this.rows.findOne({ _id: id, ...ownedBy(owner) }, null, { session }).lean<ApiKeyRow | null>());
  }

  /** Newest first. */
  async list(owner: KeyOwner, filter: KeyFilter, selection: PageSelection, now: Date): Promise<Page<ApiKey>> {
    const wanted = { $and: [ownedBy(owner), matching(filter, now)] };
    const { items, ...page } = owner.scope
      ? await findOrganizationPage(this.rows, owner.scope, wanted, selection)
      : await findPlatformPageForOperators(this.rows, wanted, selection);
    return { ...page, items: items.map(apiKeyOf) };
  }

  /** @throws the driver's duplicate key error when the key id is taken */
  async insert(owner: KeyOwner, key: Omit<ApiKey, 'organizationId' | 'createdAt' | 'updatedAt'>, session?: ClientSession): Promise<ApiKey> {
    const { id, ...fields } = key;
    const [row] = await this.rows.create([{ ...fields, _id: id, organizationId: owner.scope?.organizationId }], { session });
    if (!row) throw new Error('the database did not return the key it stored');
    return apiKeyOf(row.toObject());
  }

  /** Undefined when there is no such key, or it is revoked. */
  async update(owner: KeyOwner, id: string, { expiresAt, ...change }: KeyChange, session: ClientSession): Promise<ApiKey | undefined> {
    const fields = Object.fromEntries(
      Object.entries({ ...change, expiresAt: expiresAt ?? undefined }).filter(([, value]) => value !== undefined),
    );
    return this.changeUsable(owner, id, { $set: fields, ...(expiresAt === null ? { $unset: { expiresAt: 1 } } : {}) }, session);
  }

  /** Undefined when there is no such key, or it is revoked. Without `previous` no older secret works from now on. */
  async replaceSecret(
    owner: KeyOwner,
    id: string,
    { secretHash, previous }: { secretHash: string; previous?: PreviousSecret },
    session: ClientSession,
  ): Promise<ApiKey | undefined> {
    const change = previous ? { $set: { secretHash, previousSecret: previous } } : { $set: { secretHash }, $unset: { previousSecret: 1 } };
    return this.changeUsable(owner, id, change, session);
  }

  /** Undefined when there is no such key, or it was revoked before. */
  async revoke(owner: KeyOwner, id: string, at: Date, session?: ClientSession): Promise<ApiKey | undefined> {
    return this.changeUsable(owner, id, { $set: { revokedAt: at } }, session);
  }

  async remove(owner: KeyOwner, id: string, session: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.rows.deleteOne({ _id: id, ...ownedBy(owner) }, { session });
    return deletedCount === 1;
  }

  /** Revokes every key of that name; returns how many there were. */
  async revokeNamed(owner: KeyOwner, name: string, at: Date): Promise<number> {
    const { modifiedCount } = await this.rows.updateMany({ ...ownedBy(owner), name, revokedAt: null }, { $set: { revokedAt: at } });
    return modifiedCount;
  }

  async hasActiveNamed(owner: KeyOwner, name: string): Promise<boolean> {
    return (await this.rows.exists({ ...ownedBy(owner), name, revokedAt: null })) !== null;
  }

  /** Writes only when the recorded use is older than `unlessSince`, so that several instances do not write each second. */
  async recordUseForOperators(id: string, at: Date, unlessSince: Date): Promise<void> {
    await this.rows.updateOne(
      { _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: unlessSince } }] },
      { $set: { lastUsedAt: at } },
      // The use of a key is no change of it.
      { timestamps: false },
    );
  }

  private async changeUsable(owner: KeyOwner, id: string, change: object, session?: ClientSession): Promise<ApiKey | undefined> {
    const usable = { _id: id, ...ownedBy(owner), revokedAt: null };
    return toApiKey(await this.rows.findOneAndUpdate(usable, change, { session, returnDocument: 'after' }).lean<ApiKeyRow | null>());
  }
}

/** A system key has no organization: `null` also matches where the field is absent. */
function ownedBy(owner: KeyOwner): QueryFilter<ApiKeyRow> {
  return { organizationId: owner.scope?.organizationId ?? null, ...(owner.livemode ? {} : { environment: 'test' as const }) };
}

function matching({ environment, status }: KeyFilter, now: Date): QueryFilter<ApiKeyRow> {
  return { ...(environment === undefined ? {} : { environment }), ...(status === undefined ? {} : inStatus(status, now)) };
}

/** As statusOf says for one key. */
function inStatus(status: KeyStatus, now: Date): QueryFilter<ApiKeyRow> {
  switch (status) {
    case 'revoked':
      return { revokedAt: { $ne: null } };
    case 'expired':
      return { revokedAt: null, expiresAt: { $lte: now } };
    case 'active':
      return { revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
  }
}

function toApiKey(row: ApiKeyRow | null): ApiKey | undefined {
  return row ? apiKeyOf(row) : undefined;
}

function apiKeyOf({ _id, ...fields }: ApiKeyRow): ApiKey {
  return { id: _id, ...fields };
}
