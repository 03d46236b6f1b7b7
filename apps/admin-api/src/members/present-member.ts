import type { MemberResponse } from './dto/member.response.js';
import type { NamedMember } from './named-member.js';

export function presentMember({ userId, user, role, since }: NamedMember): MemberResponse {
  return { userId, email: user?.email, displayName: user?.displayName, role, since: since.toISOString() };
}
