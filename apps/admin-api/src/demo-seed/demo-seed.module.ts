import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/index.js';
import { SetupModule } from '../auth/index.js';
import { ChangesModule } from '../changes/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { ProvidersModule } from '../providers/index.js';
import { SessionsModule } from '../sessions/index.js';
import { SitesModule } from '../sites/index.js';
import { UsersModule } from '../users/index.js';
import { SeedDemoAdmin } from './seed-demo-admin.js';
import { SeedDemoData } from './seed-demo-data.js';

@Module({
  imports: [
    ConfigurationSnapshotsModule,
    OrganizationsModule,
    ProvidersModule,
    SitesModule,
    ApiKeysModule,
    SetupModule,
    ChangesModule,
    MembersModule,
    SessionsModule,
    UsersModule,
  ],
  providers: [SeedDemoData, SeedDemoAdmin],
})
export class DemoSeedModule {}
