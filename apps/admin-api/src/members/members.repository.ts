import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page, Role } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { MEMBER_MODEL } from './member.schema.js';
import type { MemberRow } from './member.schema.js';

export interface Membership {
  organizationId: string;
  role: Role;
}

export interface Member {
  userId: string;
  role: Role;
  since: Date;
}

@Injectable()
export class MembersRepository {
  constructor(@InjectModel(MEMBER_MODEL) private readonly rows: Model<MemberRow>) {}

  /** Everything a person belongs to, oldest membership first. Authentication asks before there is a tenant. */
  async listOfUserForOperators(userId: string): Promise<Membership[]> {
    const rows = await this.rows.find({ userId }).sort({ createdAt: 1, _id: 1 }).lean<MemberRow[]>();
    return rows.map(({ organizationId, role }) => ({ organizationId, role }));
  }

  /** Newest first. */
  async findPage(scope: TenantScope, selection: PageSelection): Promise<Page<Member>> {
    const { items, ...page } = await findOrganizationPage(this.rows, scope, {}, selection);
    return { ...page, items: items.map(memberOf) };
  }

  async find({ organizationId }: TenantScope, userId: string, session?: ClientSession): Promise<Member | undefined> {
    const row = await this.rows.findOne({ organizationId, userId }, null, { session }).lean<MemberRow | null>();
    return row ? memberOf(row) : undefined;
  }

  /** @throws the driver's duplicate key error when the person is a member already */
  async insert({ organizationId }: TenantScope, member: { userId: string; role: Role }, session: ClientSession): Promise<void> {
    await this.rows.create([{ _id: newObjectId(), organizationId, ...member }], { session });
  }

  async setRole({ organizationId }: TenantScope, userId: string, role: Role, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ organizationId, userId }, { $set: { role } }, { session });
  }

  async remove({ organizationId }: TenantScope, userId: string, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ organizationId, userId }, { session });
  }

  /**
   * Whether the organization has another Admin than this one. That Admin is written to: of two transactions that each want
   * to remove whom the other one relies on, only one can be committed.
   */
  async holdOtherAdmin({ organizationId }: TenantScope, userId: string, session: ClientSession): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne(
      { organizationId, role: 'admin', userId: { $ne: userId } },
      { $inc: { holds: 1 } },
      { session, timestamps: false },
    );
    return matchedCount === 1;
  }
}

function memberOf({ userId, role, createdAt }: MemberRow): Member {
  return { userId, role, since: createdAt };
}
