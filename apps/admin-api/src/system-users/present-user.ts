import type { User } from '../users/index.js';
import type { UserDetailResponse, UserResponse } from './dto/user.response.js';
import type { UserDetail } from './get-user.js';

export function presentUser({ id, email, displayName, globalAdmin, disabledAt, createdAt }: User): UserResponse {
  return {
    id,
    email,
    displayName,
    globalAdmin,
    disabled: disabledAt !== undefined,
    disabledAt: disabledAt?.toISOString(),
    createdAt: createdAt.toISOString(),
  };
}

export function presentUserDetail({ user, memberships }: UserDetail): UserDetailResponse {
  return Object.assign(presentUser(user), { memberships: memberships.map(({ organizationId, role }) => ({ organizationId, role })) });
}
