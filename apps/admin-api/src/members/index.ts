export { MemberAuthority, requireGrantableRole } from './member-authority.js';
export { MembershipDirectory } from './membership-directory.js';
export { MembersModule } from './members.module.js';
export { MembersRepository } from './members.repository.js';
export type { Member, Membership } from './members.repository.js';
export { MEMBER_EXAMPLE, MemberResponse } from './dto/member.response.js';
export { presentMember } from './present-member.js';
