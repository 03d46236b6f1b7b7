export { canonicalEmail } from './canonical-email.js';
export { newUser } from './new-user.js';
export type { WantedUser } from './new-user.js';
export { NOTIFICATION_DEFAULTS, NOTIFICATION_KINDS } from './notification-preferences.js';
export type { NotificationKind, NotificationPreferences } from './notification-preferences.js';
export { UsersModule } from './users.module.js';
export { UsersRepository } from './users.repository.js';
export type { User, UserFilter, UserSettings, UserStanding } from './users.repository.js';
