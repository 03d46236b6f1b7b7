import type { User } from '../users/index.js';
import type { Member } from './members.repository.js';

/** A member with the person behind it. */
export interface NamedMember extends Member {
  user: Pick<User, 'email' | 'displayName'> | undefined;
}
