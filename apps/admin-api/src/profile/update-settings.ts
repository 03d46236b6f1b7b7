import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { NOTIFICATION_KINDS, UsersRepository } from '../users/index.js';
import type { NotificationPreferences, User, UserSettings } from '../users/index.js';

/** What is left out stays as it is. */
export interface WantedSettings extends Partial<Omit<UserSettings, 'notifications'>> {
  notifications?: Partial<NotificationPreferences>;
}

@Injectable()
export class UpdateSettings {
  constructor(
    private readonly changes: Changes,
    private readonly users: UsersRepository,
  ) {}

  /** @throws DomainError `user_not_found` */
  async execute(userId: string, wanted: WantedSettings): Promise<User> {
    return this.changes.run(async (change) => {
      const user = await this.users.findForOperators(userId, change.session);
      if (!user) throw new DomainError('user_not_found');
      const before = settingsOf(user);
      const after = {
        displayName: wanted.displayName ?? before.displayName,
        locale: wanted.locale ?? before.locale,
        timezone: wanted.timezone ?? before.timezone,
        notifications: merge(before.notifications, wanted.notifications),
      };
      await this.users.updateSettingsForOperators(userId, after, change.session);
      await change.record({ action: 'profile.updated', resource: { type: 'user', id: userId, name: user.email }, before, after });
      change.accessChanged('profile.updated');
      return { ...user, ...after };
    });
  }
}

function settingsOf({ displayName, locale, timezone, notifications }: User): UserSettings {
  return { displayName, locale, timezone, notifications };
}

function merge(known: NotificationPreferences, wanted: Partial<NotificationPreferences> = {}): NotificationPreferences {
  return Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, wanted[kind] ?? known[kind]])) as NotificationPreferences;
}
