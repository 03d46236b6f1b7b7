import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { CreateOrganization } from './create-organization.js';
import { OrganizationDirectory } from './organization-directory.js';
import { OrganizationSnapshots } from './organization-snapshots.js';
import { ORGANIZATION_MODEL, organizationSchema } from './organization.schema.js';
import { OrganizationsRepository } from './organizations.repository.js';

@Module({
  imports: [ConfigurationSnapshotsModule, MongooseModule.forFeature([{ name: ORGANIZATION_MODEL, schema: organizationSchema }])],
  providers: [OrganizationsRepository, OrganizationDirectory, OrganizationSnapshots, CreateOrganization],
  exports: [OrganizationsRepository, OrganizationDirectory, CreateOrganization],
})
export class OrganizationsModule {}
