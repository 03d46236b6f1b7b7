import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AUDIT_CHAIN_MODEL, AUDIT_ENTRY_MODEL, auditChainSchema, auditEntrySchema } from './audit-entry.schema.js';
import { AuditLog } from './audit-log.js';
import { AuditLogRepository } from './audit-log.repository.js';
import { EntryHash } from './entry-hash.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: AUDIT_ENTRY_MODEL, schema: auditEntrySchema },
      { name: AUDIT_CHAIN_MODEL, schema: auditChainSchema },
    ]),
  ],
  providers: [AuditLogRepository, AuditLog, EntryHash],
  exports: [AuditLog],
})
export class AuditLogModule {}
