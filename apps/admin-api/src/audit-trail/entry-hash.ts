import { Injectable } from '@nestjs/common';
import { keyedHash, Keyring, verifyKeyedHash } from '@paygate/data-kit';
import type { AuditEntryRow } from './audit-entry.schema.js';

const PURPOSE = 'audit-log';

/** What a chain begins with. */
export const GENESIS = '';

/** Seals entries: who changes one afterwards, without the platform's key, cannot give it a hash that fits. */
@Injectable()
export class EntryHash {
  constructor(private readonly keyring: Keyring) {}

  of(entry: Omit<AuditEntryRow, 'hash' | '_id'>): string {
    return keyedHash(this.keyring, PURPOSE, canonical(entry));
  }

  fits(entry: Omit<AuditEntryRow, '_id'>): boolean {
    return verifyKeyedHash(this.keyring, PURPOSE, canonical(entry), entry.hash);
  }
}

/** Field by field in a fixed order, so that neither the database's order of fields nor absent ones matter. */
function canonical(entry: Omit<AuditEntryRow, 'hash' | '_id'>): string {
  return JSON.stringify([
    entry.chain,
    entry.sequence,
    entry.at.toISOString(),
    entry.action,
    entry.actor,
    entry.actorName ?? null,
    [entry.resource.type, entry.resource.id, entry.resource.name ?? null],
    entry.changes.map(({ field, before, after }) => [field, before ?? null, after ?? null]),
    entry.address ?? null,
    entry.userAgent ?? null,
    entry.requestId ?? null,
    entry.previousHash,
  ]);
}
