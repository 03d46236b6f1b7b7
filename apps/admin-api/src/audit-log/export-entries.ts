import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrailRepository, chainOf } from '../audit-trail/index.js';
import type { AuditEntry, ChainOwner } from '../audit-trail/index.js';
import { Changes } from '../changes/index.js';
import { csvDownload } from '../downloads/index.js';
import type { CsvRow, Download } from '../downloads/index.js';
import type { AuditEntryResponse } from './dto/audit-log.response.js';
import type { ExportEntriesQuery } from './dto/list-entries.query.js';
import { filterOf } from './entry-filter.js';
import { presentEntry } from './present-entry.js';

const COLUMNS = [
  'sequence',
  'at',
  'action',
  'actorType',
  'actorId',
  'actorName',
  'resourceType',
  'resourceId',
  'resourceName',
  'changes',
  'address',
  'userAgent',
  'requestId',
  'hash',
] as const;

type Row = CsvRow<(typeof COLUMNS)[number]>;

@Injectable()
export class ExportEntries {
  constructor(
    private readonly trail: AuditTrailRepository,
    private readonly changes: Changes,
  ) {}

  /** That somebody took the log out of the platform is written into it first. */
  async execute(owner: ChainOwner, query: ExportEntriesQuery): Promise<Download> {
    const chain = chainOf(owner);
    const filter = filterOf(query);
    await this.changes.run(async (change) => {
      const scope = owner === 'platform' ? {} : { scope: owner };
      await change.record({ action: 'audit_log.exported', ...scope, resource: { type: 'audit_log', id: chain }, after: { ...filter } });
    });
    const entries = this.trail.stream(chain, filter);
    return query.format === 'jsonl'
      ? { content: Readable.from(asLines(entries)), type: 'application/x-ndjson; charset=utf-8', name: `audit-log-${chain}.jsonl` }
      : csvDownload(`audit-log-${chain}.csv`, COLUMNS, rowsOf(entries));
  }
}

async function* asLines(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(presentEntry(entry))}\n`;
}

async function* rowsOf(entries: AsyncIterable<AuditEntry>): AsyncGenerator<Row> {
  for await (const entry of entries) yield rowOf(presentEntry(entry));
}

function rowOf({ actor, resource, changes, ...entry }: AuditEntryResponse): Row {
  return {
    ...entry,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
    resourceType: resource.type,
    resourceId: resource.id,
    resourceName: resource.name,
    changes: JSON.stringify(changes),
  };
}
