import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage, findPlatformPageForOperators } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { INVITATION_MODEL } from './invitation.schema.js';
import type { InvitationRow } from './invitation.schema.js';

export type Invitation = Omit<InvitationRow, '_id' | 'tokenHash' | 'updatedAt'> & { id: string };

/** Who invites: an organization, or the platform itself. */
export type Inviter = TenantScope | 'platform';

@Injectable()
export class InvitationsRepository {
  constructor(@InjectModel(INVITATION_MODEL) private readonly rows: Model<InvitationRow>) {}

  /** Those that can still be accepted, newest first. */
  async findOpenPage(inviter: Inviter, now: Date, selection: PageSelection): Promise<Page<Invitation>> {
    const open = { status: 'open', expiresAt: { $gt: now } } as const;
    const { items, ...page } =
      inviter === 'platform'
        ? await findPlatformPageForOperators(this.rows, { ...open, organizationId: null }, selection)
        : await findOrganizationPage(this.rows as Model<InvitationRow & { organizationId: string }>, inviter, open, selection);
    return { ...page, items: items.map(invitationOf) };
  }

  async insert(invitation: Invitation & { tokenHash: string }, session: ClientSession): Promise<void> {
    const { id, ...fields } = invitation;
    await this.rows.create([{ ...fields, _id: id }], { session });
  }

  /** Withdraws one open invitation. Undefined when the inviter has no such open one. */
  async withdraw(inviter: Inviter, id: string, session: ClientSession): Promise<Invitation | undefined> {
    return this.change({ _id: id, organizationId: idOf(inviter), status: 'open' }, { status: 'withdrawn' }, session);
  }

  /** Withdraws the open invitation to an address, if there is one. */
  async withdrawOpenTo(inviter: Inviter, email: string, session: ClientSession): Promise<Invitation | undefined> {
    return this.change({ email, organizationId: idOf(inviter), status: 'open' }, { status: 'withdrawn' }, session);
  }

  /** The invitation one of these hashes belongs to, in whatever state. The token is what gives access to it. */
  async findByTokenForAuthentication(tokenHashes: readonly string[]): Promise<Invitation | undefined> {
    return toInvitation(await this.rows.findOne({ tokenHash: { $in: [...tokenHashes] } }).lean<InvitationRow | null>());
  }

  async findForAuthentication(id: string, session: ClientSession): Promise<Invitation | undefined> {
    return toInvitation(await this.rows.findById(id, null, { session }).lean<InvitationRow | null>());
  }

  /** Uses an invitation up. Undefined when it cannot be accepted any more. */
  async acceptForAuthentication(id: string, userId: string, now: Date, session: ClientSession): Promise<Invitation | undefined> {
    return this.change({ _id: id, status: 'open', expiresAt: { $gt: now } }, { status: 'accepted', acceptedBy: userId }, session);
  }

  private async change(which: object, change: Partial<InvitationRow>, session: ClientSession): Promise<Invitation | undefined> {
    const options = { session, returnDocument: 'after' } as const;
    return toInvitation(await this.rows.findOneAndUpdate(which, { $set: change }, options).lean<InvitationRow | null>());
  }
}

/** Null also matches rows without the field. */
function idOf(inviter: Inviter): string | null {
  return inviter === 'platform' ? null : inviter.organizationId;
}

function toInvitation(row: InvitationRow | null): Invitation | undefined {
  return row ? invitationOf(row) : undefined;
}

function invitationOf({ _id, tokenHash: _hash, updatedAt: _updatedAt, ...fields }: InvitationRow): Invitation {
  return { id: _id, ...fields };
}
