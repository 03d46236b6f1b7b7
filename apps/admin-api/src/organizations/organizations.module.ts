import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { MembersModule } from '../members/index.js';
import { CreateOrganization } from './create-organization.js';
import { GetOrganization } from './get-organization.js';
import { ListOrganizations } from './list-organizations.js';
import { OrganizationDirectory } from './organization-directory.js';
import { OrganizationZone } from './organization-zone.js';
import { OrganizationSnapshots } from './organization-snapshots.js';
import { ORGANIZATION_MODEL, organizationSchema } from './organization.schema.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { UpdateOrganization } from './update-organization.js';

@Module({
  imports: [
    ChangesModule,
    ConfigurationSnapshotsModule,
    MembersModule,
    MongooseModule.forFeature([{ name: ORGANIZATION_MODEL, schema: organizationSchema }]),
  ],
  controllers: [OrganizationsController],
  providers: [
    OrganizationsRepository,
    OrganizationDirectory,
    OrganizationZone,
    OrganizationSnapshots,
    ListOrganizations,
    GetOrganization,
    CreateOrganization,
    UpdateOrganization,
  ],
  exports: [OrganizationsRepository, OrganizationDirectory, OrganizationZone, GetOrganization, CreateOrganization, UpdateOrganization],
})
export class OrganizationsModule {}
