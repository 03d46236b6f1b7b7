export { MembershipDirectory } from './membership-directory.js';
export { MembersModule } from './members.module.js';
export { MembersRepository } from './members.repository.js';
export type { Membership } from './members.repository.js';
