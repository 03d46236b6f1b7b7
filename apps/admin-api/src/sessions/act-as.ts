import { currentContext } from '@paygate/nest-kit';
import type { User } from '../users/index.js';

/** From here on the request counts as the person's, in logs and in the audit log: they have just proven who they are. */
export function actAs({ id, displayName }: Pick<User, 'id' | 'displayName'>): void {
  const context = currentContext();
  if (!context) return;
  context.actor = `user:${id}`;
  context.actorName = displayName;
}
