import { Module } from '@nestjs/common';
import { AuditTrailModule } from '../audit-trail/index.js';
import { ChangesModule } from '../changes/index.js';
import { AuditLogController } from './audit-log.controller.js';
import { ExportEntries } from './export-entries.js';
import { ListEntries } from './list-entries.js';
import { SystemAuditLogController } from './system-audit-log.controller.js';

@Module({
  imports: [AuditTrailModule, ChangesModule],
  controllers: [AuditLogController, SystemAuditLogController],
  providers: [ListEntries, ExportEntries],
})
export class AuditLogModule {}
