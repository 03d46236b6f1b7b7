import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, isDuplicateKey, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { mongo } from 'mongoose';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { alreadyExists } from '../changes/index.js';
import type { Client } from './client.js';
import { CLIENT_MODEL, DELETED_CLIENT_MODEL } from './client.schema.js';
import type { ClientRow, DeletedClientRow, StoredClient } from './client.schema.js';
import { ClientVault } from './client-vault.js';
import { BlindIndex } from './search/blind-index.js';
import type { TokenConditions } from './search/blind-index.js';

/** What a list of clients may be narrowed to. */
export interface ClientFilter {
  email?: string;
  externalId?: string;
  /** Of the billing address, in upper case. */
  country?: string;
  createdFrom?: Date;
  createdTo?: Date;
}

/** The clients of an organization, live and test apart. Callers see them readable; what is stored is encrypted. */
@Injectable()
export class ClientsRepository {
  constructor(
    @InjectModel(CLIENT_MODEL) private readonly rows: Model<StoredClient>,
    @InjectModel(DELETED_CLIENT_MODEL) private readonly deleted: Model<DeletedClientRow>,
    private readonly vault: ClientVault,
    private readonly index: BlindIndex,
  ) {}

  async find(scope: TenantScope, id: string, session?: ClientSession): Promise<Client | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, undefined, { session }).lean<ClientRow | null>();
    return row ? this.vault.open(row) : undefined;
  }

  async list(scope: TenantScope, filter: ClientFilter, selection: PageSelection): Promise<Page<Client>> {
    const { email, externalId, country, createdFrom, createdTo } = filter;
    const conditions: QueryFilter<StoredClient> = {
      ...(email === undefined ? {} : { emailHashes: { $in: this.index.emailHashes(scope, email) } }),
      ...(externalId === undefined ? {} : { externalId }),
      ...(country === undefined ? {} : { country }),
      ...(createdFrom || createdTo
        ? { createdAt: { ...(createdFrom && { $gte: createdFrom }), ...(createdTo && { $lte: createdTo }) } }
        : {}),
    };
    const page = await findPage(this.rows, scope, conditions, selection);
    return { ...page, items: page.items.map((row) => this.vault.open(row)) };
  }

  /** The newest clients that meet every condition; nobody meets none. */
  async findByTokens(scope: TenantScope, conditions: TokenConditions, limit: number): Promise<Client[]> {
    if (conditions.length === 0) return [];
    const rows = await this.rows
      .find({ ...tenantFilter(scope), $and: conditions.map((tokens) => ({ tokens: { $in: [...tokens] } })) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<ClientRow[]>();
    return rows.map((row) => this.vault.open(row));
  }

  /** @throws DomainError `already_exists` naming the field that another client has */
  async insert(scope: TenantScope, client: Client, session: ClientSession): Promise<void> {
    await namingDuplicate(() => this.rows.create([this.stored(scope, client)], { session }));
  }

  /** Writes the whole record anew, with the current encryption key. @throws DomainError `already_exists` */
  async replace(scope: TenantScope, client: Client, session: ClientSession): Promise<void> {
    const own = { _id: client.id, ...tenantFilter(scope) };
    await namingDuplicate(() => this.rows.replaceOne(own, this.stored(scope, client), { session }));
  }

  /** Moves the record to the deleted ones. */
  async remove(scope: TenantScope, client: Client, deletedAt: Date, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ _id: client.id, ...tenantFilter(scope) }, { session });
    await this.deleted.create([{ ...this.vault.seal(scope, client), deletedAt }], { session });
  }

  private stored(scope: TenantScope, client: Client): StoredClient {
    return {
      ...this.vault.seal(scope, client),
      emailHashes: this.index.emailHashes(scope, client.email),
      tokens: this.index.tokensOf(scope, client),
    };
  }
}

async function namingDuplicate(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const pattern: unknown = error instanceof mongo.MongoServerError ? error['keyPattern'] : undefined;
    const field = typeof pattern === 'object' && pattern !== null && 'externalId' in pattern ? 'externalId' : 'email';
    throw alreadyExists(field, `There is a client with this ${field} already.`);
  }
}
