import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { TenantScope } from '@paygate/kernel';
import type { Model } from 'mongoose';
import { API_KEY_MODEL } from './api-key.schema.js';
import type { ApiKeyRow } from './api-key.schema.js';

export type ApiKey = Omit<ApiKeyRow, '_id' | 'createdAt' | 'updatedAt'> & { id: string };

/** The keys of an organization. The tenant's mode decides between live and test keys. */
@Injectable()
export class ApiKeysRepository {
  constructor(@InjectModel(API_KEY_MODEL) private readonly rows: Model<ApiKeyRow>) {}

  /** The one look-up without a tenant: authentication finds out whose key it is. */
  async findForAuthentication(keyId: string): Promise<ApiKey | undefined> {
    return toApiKey(await this.rows.findOne({ keyId }).lean<ApiKeyRow | null>());
  }

  /** @throws the driver's duplicate key error when the key id is taken */
  async insert(scope: TenantScope, key: Omit<ApiKey, 'organizationId' | 'environment'>): Promise<void> {
    const { id, ...fields } = key;
    await this.rows.create({ ...fields, _id: id, ...keysOf(scope) });
  }

  async revoke(scope: TenantScope, id: string, at: Date): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne({ _id: id, ...keysOf(scope), revokedAt: null }, { $set: { revokedAt: at } });
    return modifiedCount === 1;
  }

  /** Revokes every key of that name; returns how many there were. */
  async revokeNamed(scope: TenantScope, name: string, at: Date): Promise<number> {
    const { modifiedCount } = await this.rows.updateMany({ ...keysOf(scope), name, revokedAt: null }, { $set: { revokedAt: at } });
    return modifiedCount;
  }

  async hasActiveNamed(scope: TenantScope, name: string): Promise<boolean> {
    return (await this.rows.exists({ ...keysOf(scope), name, revokedAt: null })) !== null;
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
}

function keysOf(scope: TenantScope): Pick<ApiKeyRow, 'organizationId' | 'environment'> {
  return { organizationId: scope.organizationId, environment: scope.livemode ? 'live' : 'test' };
}

function toApiKey(row: ApiKeyRow | null): ApiKey | undefined {
  if (!row) return undefined;
  return {
    id: row._id,
    organizationId: row.organizationId,
    keyId: row.keyId,
    name: row.name,
    environment: row.environment,
    scopes: row.scopes,
    secretHash: row.secretHash,
    previousSecret: row.previousSecret,
    ipAllowlist: row.ipAllowlist,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
  };
}
