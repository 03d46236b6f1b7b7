import { Module } from '@nestjs/common';
import { AuditTrailModule } from '../audit-trail/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { Changes } from './changes.js';

@Module({ imports: [AuditTrailModule, ConfigurationSnapshotsModule], providers: [Changes], exports: [Changes] })
export class ChangesModule {}
