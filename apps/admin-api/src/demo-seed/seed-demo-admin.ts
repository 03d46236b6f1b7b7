import { Injectable } from '@nestjs/common';
import { TenantScope } from '@paygate/kernel';
import { AdminConfig } from '../admin-config.js';
import { SetupLink } from '../auth/index.js';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { MembersRepository } from '../members/index.js';
import { AccessTokens, SessionsRepository, StartSession } from '../sessions/index.js';
import { newUser, UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';

const ADMIN = { email: 'admin@demo.example', displayName: 'Demo admin' };
const LIFETIME_SECONDS = 24 * 3600;

export interface DemoAdmin {
  /** The page for signing in; it registers the first administrator as long as there is none. */
  signInUrl: string;
  /** Acts as an Admin of the demo organization for a day. Never in production. */
  adminAccessToken?: string;
}

/** Somebody who may try everything in the demo organization at once, without a passkey. */
@Injectable()
export class SeedDemoAdmin {
  constructor(
    private readonly config: AdminConfig,
    private readonly setup: SetupLink,
    private readonly changes: Changes,
    private readonly users: UsersRepository,
    private readonly members: MembersRepository,
    private readonly sessions: SessionsRepository,
    private readonly starting: StartSession,
    private readonly accessTokens: AccessTokens,
  ) {}

  async execute(organizationId: string): Promise<DemoAdmin> {
    const signInUrl = (await this.setup.find()) ?? this.setup.page;
    if (this.config.NODE_ENV === 'production') return { signInUrl };
    const adminAccessToken = await this.changes.run(async (change) => {
      const admin = await this.admin(change);
      await this.join(change, TenantScope.of(organizationId, true), admin);
      return this.newAccessToken(change, admin);
    });
    return { signInUrl, adminAccessToken };
  }

  private async admin(change: Change): Promise<User> {
    const known = await this.users.findByEmailForOperators(ADMIN.email, change.session);
    if (known) return known;
    const admin = newUser(ADMIN, change.now);
    await this.users.insertForOperators(admin, change.session);
    await change.record({ action: 'user.created', resource: { type: 'user', id: admin.id, name: admin.email }, after: ADMIN });
    return admin;
  }

  private async join(change: Change, scope: TenantScope, { id: userId, email }: User): Promise<void> {
    if (await this.members.find(scope, userId, change.session)) return;
    await this.members.insert(scope, { userId, role: 'admin' }, change.session);
    const resource = { type: 'member', id: userId, name: email };
    await change.record({ action: 'member.added', scope, resource, after: { role: 'admin' } });
    change.accessChanged('member.added');
  }

  /** The token of the run before is worth nothing from here on. */
  private async newAccessToken(change: Change, admin: User): Promise<string> {
    await this.sessions.endOfUserForOperators(admin.id, 'logout', change.now, change.session);
    const { sessionId } = await this.starting.execute(change, admin, undefined);
    change.accessChanged('session.ended');
    return this.accessTokens.sign({ userId: admin.id, sessionId }, change.now, LIFETIME_SECONDS).accessToken;
  }
}
