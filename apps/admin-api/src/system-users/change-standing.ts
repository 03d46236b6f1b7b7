import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';
import type { Principal } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { SessionsRepository } from '../sessions/index.js';
import { UsersRepository } from '../users/index.js';
import type { User, UserStanding } from '../users/index.js';
import { pathId } from '../validation-rules/index.js';

/** Makes a person a global administrator or ends that; disables a person or lets them in again. */
@Injectable()
export class ChangeStanding {
  constructor(
    private readonly changes: Changes,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /**
   * It takes effect with the person's next request; who is disabled is signed out everywhere.
   * @throws DomainError `user_not_found`, `own_role`, `last_admin`, `platform_access_required`
   */
  async execute(principal: Principal, personId: string, wanted: UserStanding): Promise<User> {
    const id = pathId(personId, 'user_not_found');
    if (principal.kind === 'user' && principal.id === id) throw new DomainError('own_role', 'Nobody changes their own standing.');
    return this.changes.run(async (change) => {
      const { now, session } = change;
      await this.requireStanding(principal, session);
      const user = await this.users.findForOperators(id, session);
      if (!user) throw new DomainError('user_not_found');
      const before = standingOf(user);
      const after = { globalAdmin: wanted.globalAdmin ?? before.globalAdmin, disabled: wanted.disabled ?? before.disabled };
      if (before.globalAdmin === after.globalAdmin && before.disabled === after.disabled) return user;
      if (manages(before) && !manages(after) && !(await this.users.holdOtherGlobalAdminForOperators(id, session))) {
        throw new DomainError('last_admin', 'The last global administrator stays one.');
      }
      await this.users.updateStandingForOperators(id, changed(before, after), now, session);
      if (after.disabled) await this.sessions.endOfUserForOperators(id, 'user_disabled', now, session);
      await change.record({ action: 'user.updated', resource: { type: 'user', id, name: user.email }, before, after });
      change.accessChanged('user.updated');
      return (await this.users.findForOperators(id, session)) ?? user;
    });
  }

  /** Reads the caller's standing anew: who lost it a moment ago, and is still remembered with it, must not use it. */
  private async requireStanding({ kind, id }: Principal, session: ClientSession): Promise<void> {
    if (kind !== 'user') return;
    const caller = await this.users.findForOperators(id, session);
    if (!caller || !manages(standingOf(caller))) throw new DomainError('platform_access_required');
  }
}

function standingOf({ globalAdmin, disabledAt }: User): Required<UserStanding> {
  return { globalAdmin, disabled: disabledAt !== undefined };
}

/** Can manage the platform now. */
function manages({ globalAdmin, disabled }: Required<UserStanding>): boolean {
  return globalAdmin && !disabled;
}

/** Only what changes, so that the time at which somebody was disabled stays. */
function changed(before: Required<UserStanding>, after: Required<UserStanding>): UserStanding {
  return {
    ...(before.globalAdmin === after.globalAdmin ? {} : { globalAdmin: after.globalAdmin }),
    ...(before.disabled === after.disabled ? {} : { disabled: after.disabled }),
  };
}
