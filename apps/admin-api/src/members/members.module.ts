import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { UsersModule } from '../users/index.js';
import { ChangeRole } from './change-role.js';
import { ListMembers } from './list-members.js';
import { MemberAuthority } from './member-authority.js';
import { MEMBER_MODEL, memberSchema } from './member.schema.js';
import { MembersController } from './members.controller.js';
import { MembersRepository } from './members.repository.js';
import { MembershipDirectory } from './membership-directory.js';
import { RemoveMember } from './remove-member.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: MEMBER_MODEL, schema: memberSchema }]), ChangesModule, UsersModule],
  controllers: [MembersController],
  providers: [MembersRepository, MembershipDirectory, MemberAuthority, ListMembers, ChangeRole, RemoveMember],
  exports: [MembersRepository, MembershipDirectory, MemberAuthority],
})
export class MembersModule {}
