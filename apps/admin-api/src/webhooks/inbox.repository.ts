import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { INBOX_MODEL } from './inbox.schema.js';
import type { InboxRow } from './inbox.schema.js';

/** Of each organization; older requests make room for newer ones. */
export const INBOX_SIZE = 100;

export type ReceivedRequest = Omit<InboxRow, '_id' | 'organizationId'>;
export type InboxEntry = ReceivedRequest & { id: string };

@Injectable()
export class InboxRepository {
  constructor(@InjectModel(INBOX_MODEL) private readonly rows: Model<InboxRow>) {}

  async add({ organizationId }: TenantScope, request: ReceivedRequest): Promise<string> {
    const _id = newObjectId();
    await this.rows.create({ ...request, _id, organizationId });
    await this.makeRoom(organizationId);
    return _id;
  }

  async page(scope: TenantScope, selection: PageSelection): Promise<Page<InboxEntry>> {
    const page = await findOrganizationPage(this.rows, scope, {}, selection);
    return { ...page, items: page.items.map(({ _id, organizationId: _owner, ...request }) => ({ id: _id, ...request })) };
  }

  /** Returns how many there were. */
  async empty({ organizationId }: TenantScope, session: ClientSession): Promise<number> {
    const { deletedCount } = await this.rows.deleteMany({ organizationId }, { session });
    return deletedCount;
  }

  /** Several at once may each delete the same ones, never more. */
  private async makeRoom(organizationId: string): Promise<void> {
    const newestFirst = { createdAt: -1, _id: -1 } as const;
    const [last] = await this.rows
      .find({ organizationId }, { createdAt: 1 })
      .sort(newestFirst)
      .skip(INBOX_SIZE)
      .limit(1)
      .lean<InboxRow[]>();
    if (!last) return;
    const { createdAt, _id } = last;
    await this.rows.deleteMany({
      organizationId,
      createdAt: { $lte: createdAt },
      $or: [{ createdAt: { $lt: createdAt } }, { _id: { $lte: _id } }],
    });
  }
}
