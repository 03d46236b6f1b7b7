import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AUDIT_CHAIN_MODEL, AUDIT_ENTRY_MODEL, auditChainSchema, auditEntrySchema } from './audit-entry.schema.js';
import { AuditTrail } from './audit-trail.js';
import { AuditTrailRepository } from './audit-trail.repository.js';
import { EntryHash } from './entry-hash.js';
import { OPEN_DEED_MODEL, openDeedSchema } from './open-deed.schema.js';
import { OpenDeeds } from './open-deeds.repository.js';
import { RecordUnconfirmed } from './record-unconfirmed.js';
import { VerifyChain } from './verify-chain.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: AUDIT_ENTRY_MODEL, schema: auditEntrySchema },
      { name: AUDIT_CHAIN_MODEL, schema: auditChainSchema },
      { name: OPEN_DEED_MODEL, schema: openDeedSchema },
    ]),
  ],
  providers: [AuditTrailRepository, AuditTrail, EntryHash, OpenDeeds, RecordUnconfirmed, VerifyChain],
  exports: [AuditTrail, AuditTrailRepository, VerifyChain],
})
export class AuditTrailModule {}
