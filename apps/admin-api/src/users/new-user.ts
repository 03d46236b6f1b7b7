import { newObjectId } from '@paygate/kernel';
import { canonicalEmail } from './canonical-email.js';
import { NOTIFICATION_DEFAULTS } from './notification-preferences.js';
import type { User } from './users.repository.js';

export interface WantedUser {
  /** When it was given out before the person existed. */
  id?: string;
  email: string;
  displayName: string;
  globalAdmin?: boolean;
}

/** A person with the settings everybody starts with. */
export function newUser({ id = newObjectId(), email, displayName, globalAdmin = false }: WantedUser, now: Date): User {
  return {
    id,
    email: canonicalEmail(email),
    displayName,
    globalAdmin,
    locale: 'en',
    timezone: 'UTC',
    notifications: { ...NOTIFICATION_DEFAULTS },
    createdAt: now,
  };
}
