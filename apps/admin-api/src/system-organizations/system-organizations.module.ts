import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { UsersModule } from '../users/index.js';
import { AddMember } from './add-member.js';
import { ListSystemOrganizations } from './list-system-organizations.js';
import { OpenOrganization } from './open-organization.js';
import { ResumeOrganization } from './resume-organization.js';
import { SuspendOrganization } from './suspend-organization.js';
import { SystemOrganizationsController } from './system-organizations.controller.js';

@Module({
  imports: [ChangesModule, MembersModule, OrganizationsModule, UsersModule],
  controllers: [SystemOrganizationsController],
  providers: [ListSystemOrganizations, OpenOrganization, SuspendOrganization, ResumeOrganization, AddMember],
})
export class SystemOrganizationsModule {}
