import { pipeline, Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { AuditTrailRepository, chainOf } from '../audit-trail/index.js';
import type { AuditEntry, ChainOwner } from '../audit-trail/index.js';
import { Changes } from '../changes/index.js';
import type { AuditEntryResponse } from './dto/audit-log.response.js';
import type { ExportEntriesQuery } from './dto/list-entries.query.js';
import { filterOf } from './entry-filter.js';
import { presentEntry } from './present-entry.js';

/** A file that is written while it is sent. */
export interface EntryFile {
  content: Readable;
  type: string;
  name: string;
}

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

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

@Injectable()
export class ExportEntries {
  constructor(
    private readonly trail: AuditTrailRepository,
    private readonly changes: Changes,
  ) {}

  /** That somebody took the log out of the platform is written into it first. */
  async execute(owner: ChainOwner, query: ExportEntriesQuery): Promise<EntryFile> {
    const chain = chainOf(owner);
    const filter = filterOf(query);
    await this.changes.run(async (change) => {
      const scope = owner === 'platform' ? {} : { scope: owner };
      await change.record({ action: 'audit_log.exported', ...scope, resource: { type: 'audit_log', id: chain }, after: { ...filter } });
    });
    const entries = this.trail.stream(chain, filter);
    return query.format === 'jsonl'
      ? { content: Readable.from(asLines(entries)), type: 'application/x-ndjson; charset=utf-8', name: `audit-log-${chain}.jsonl` }
      : { content: asCsv(entries), type: 'text/csv; charset=utf-8', name: `audit-log-${chain}.csv` };
  }
}

async function* asLines(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(presentEntry(entry))}\n`;
}

function asCsv(entries: AsyncIterable<AuditEntry>): Readable {
  // A cell that begins like a formula would be run by the spreadsheet that opens the file.
  const options = { header: true, columns: [...COLUMNS], escape_formulas: true };
  // A failure of the database ends the file visibly: the connection breaks instead of the file just being short.
  return pipeline(Readable.from(rowsOf(entries)), stringify(options), () => undefined);
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
