import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Role } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { MEMBER_MODEL } from './member.schema.js';
import type { MemberRow } from './member.schema.js';

export interface Membership {
  organizationId: string;
  role: Role;
}

@Injectable()
export class MembersRepository {
  constructor(@InjectModel(MEMBER_MODEL) private readonly rows: Model<MemberRow>) {}

  /** Everything a person belongs to, oldest membership first. Authentication asks before there is a tenant. */
  async listOfUserForOperators(userId: string): Promise<Membership[]> {
    const rows = await this.rows.find({ userId }).sort({ createdAt: 1, _id: 1 }).lean<MemberRow[]>();
    return rows.map(({ organizationId, role }) => ({ organizationId, role }));
  }

  /** @throws the driver's duplicate key error when the person is a member already */
  async insert(scope: TenantScope, member: { userId: string; role: Role }, session?: ClientSession): Promise<void> {
    await this.rows.create([{ _id: newObjectId(), organizationId: scope.organizationId, ...member }], { session });
  }
}
