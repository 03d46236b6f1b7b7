import { Module } from '@nestjs/common';
import { AuditLogModule } from '../audit-log/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { Changes } from './changes.js';

@Module({ imports: [AuditLogModule, ConfigurationSnapshotsModule], providers: [Changes], exports: [Changes] })
export class ChangesModule {}
