import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { ProvidersModule } from '../providers/index.js';
import { SitesModule } from '../sites/index.js';
import { SeedDemoData } from './seed-demo-data.js';

@Module({
  imports: [ConfigurationSnapshotsModule, OrganizationsModule, ProvidersModule, SitesModule, ApiKeysModule],
  providers: [SeedDemoData],
})
export class DemoSeedModule {}
