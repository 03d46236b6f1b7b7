import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { FieldEncryption, findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import type { FieldChange } from '../../audit-trail/index.js';
import { CLIENT_CHANGE_MODEL } from './client-change.schema.js';
import type { ClientChangeAction, ClientChangeRow } from './client-change.schema.js';

/** What happened to a client, readable. */
export interface ClientChange {
  id: string;
  clientId: string;
  action: ClientChangeAction;
  changes: FieldChange[];
  actor: string;
  actorName?: string;
  requestId?: string;
  at: Date;
}

/** The history of clients, which outlives them. Values are stored encrypted. */
@Injectable()
export class ClientChangesRepository {
  constructor(
    @InjectModel(CLIENT_CHANGE_MODEL) private readonly rows: Model<ClientChangeRow>,
    private readonly encryption: FieldEncryption,
  ) {}

  async append(scope: TenantScope, change: Omit<ClientChange, 'id'>, session: ClientSession): Promise<void> {
    const { clientId, action, actor, actorName, requestId, at } = change;
    const id = newObjectId(at);
    const changes = this.encryption.encrypt(JSON.stringify(change.changes), contextOf(clientId, id));
    const row = { _id: id, ...tenantFilter(scope), clientId, action, changes, actor, actorName, requestId, createdAt: at };
    await this.rows.create([row], { session });
  }

  /** Newest first. */
  async list(scope: TenantScope, clientId: string, selection: PageSelection): Promise<Page<ClientChange>> {
    const page = await findPage(this.rows, scope, { clientId }, selection);
    return { ...page, items: page.items.map((row) => this.open(row)) };
  }

  private open({ _id: id, clientId, action, changes, actor, actorName, requestId, createdAt: at }: ClientChangeRow): ClientChange {
    const readable = JSON.parse(this.encryption.decrypt(changes, contextOf(clientId, id))) as FieldChange[];
    return { id, clientId, action, changes: readable, actor, actorName, requestId, at };
  }
}

function contextOf(clientId: string, changeId: string): string {
  return `client:${clientId}:change:${changeId}`;
}
