import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPlatformPageForOperators } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { canonicalEmail } from './canonical-email.js';
import { USER_MODEL } from './user.schema.js';
import type { UserRow } from './user.schema.js';

export type User = Omit<UserRow, '_id' | 'passkeyRevision' | 'holds' | 'updatedAt'> & { id: string };

/** What a person may change about themselves. */
export type UserSettings = Pick<User, 'displayName' | 'locale' | 'timezone' | 'notifications'>;

/** What operators may change about a person. */
export interface UserStanding {
  globalAdmin?: boolean;
  disabled?: boolean;
}

export interface UserFilter {
  email?: string;
  globalAdmin?: boolean;
  disabled?: boolean;
}

/** People. They belong to no organization, so none of these methods takes a tenant. */
@Injectable()
export class UsersRepository {
  constructor(@InjectModel(USER_MODEL) private readonly rows: Model<UserRow>) {}

  async findForOperators(id: string, session?: ClientSession): Promise<User | undefined> {
    return toUser(await this.rows.findById(id, null, { session }).lean<UserRow | null>());
  }

  async findByEmailForOperators(email: string, session?: ClientSession): Promise<User | undefined> {
    return toUser(await this.rows.findOne({ email: canonicalEmail(email) }, null, { session }).lean<UserRow | null>());
  }

  /** Those of the ids that exist, in no order. */
  async findManyForOperators(ids: readonly string[]): Promise<User[]> {
    const found = await this.rows.find({ _id: { $in: [...ids] } }).lean<UserRow[]>();
    return found.map(userOf);
  }

  /** Newest first. */
  async listForOperators(filter: UserFilter, selection: PageSelection): Promise<Page<User>> {
    const query = {
      ...(filter.email === undefined ? {} : { email: canonicalEmail(filter.email) }),
      ...(filter.globalAdmin === undefined ? {} : { globalAdmin: filter.globalAdmin }),
      ...(filter.disabled === undefined ? {} : { disabledAt: filter.disabled ? { $ne: null } : null }),
    };
    const { items, ...page } = await findPlatformPageForOperators(this.rows, query, selection);
    return { ...page, items: items.map(userOf) };
  }

  /**
   * Whether somebody else than this person manages the platform. That person is written to: of two transactions that each
   * want to remove whom the other one relies on, only one can be committed.
   */
  async holdOtherGlobalAdminForOperators(id: string, session: ClientSession): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne(
      { globalAdmin: true, disabledAt: null, _id: { $ne: id } },
      { $inc: { holds: 1 } },
      { session, timestamps: false },
    );
    return matchedCount === 1;
  }

  /** @throws the driver's duplicate key error when somebody has this e-mail address */
  async insertForOperators({ id, email, ...fields }: User, session: ClientSession): Promise<void> {
    await this.rows.create([{ ...fields, _id: id, email: canonicalEmail(email), passkeyRevision: 0 }], { session });
  }

  async updateSettingsForOperators(id: string, settings: UserSettings, session: ClientSession): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne({ _id: id }, { $set: settings }, { session });
    return matchedCount === 1;
  }

  async updateStandingForOperators(
    id: string,
    { globalAdmin, disabled }: UserStanding,
    now: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne(
      { _id: id },
      {
        $set: { ...(globalAdmin === undefined ? {} : { globalAdmin }), ...(disabled === true ? { disabledAt: now } : {}) },
        ...(disabled === false ? { $unset: { disabledAt: 1 } } : {}),
      },
      { session },
    );
    return matchedCount === 1;
  }

  /** Makes a second transaction that changes this person's passkeys wait for this one, and see what it did. */
  async lockPasskeysForOperators(id: string, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $inc: { passkeyRevision: 1 } }, { session, timestamps: false });
  }
}

function toUser(row: UserRow | null): User | undefined {
  return row ? userOf(row) : undefined;
}

function userOf({ _id, email, displayName, globalAdmin, disabledAt, locale, timezone, notifications, createdAt }: UserRow): User {
  return { id: _id, email, displayName, globalAdmin, disabledAt, locale, timezone, notifications, createdAt };
}
