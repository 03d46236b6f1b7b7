import type { AuditEntry } from '../audit-trail/index.js';
import type { AuditEntryResponse } from './dto/audit-log.response.js';

export function presentEntry(entry: AuditEntry): AuditEntryResponse {
  const [type = 'system', id] = entry.actor.split(':');
  return {
    sequence: entry.sequence,
    at: entry.at.toISOString(),
    action: entry.action,
    actor: { type, id, name: entry.actorName },
    resource: entry.resource,
    changes: entry.changes,
    address: entry.address,
    userAgent: entry.userAgent,
    requestId: entry.requestId,
    hash: entry.hash,
  };
}
