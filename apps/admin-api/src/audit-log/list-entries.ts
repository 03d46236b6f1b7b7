import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { decodeCursor, encodeCursor } from '@paygate/nest-kit';
import type { Page } from '@paygate/nest-kit';
import { AuditTrailRepository, chainOf } from '../audit-trail/index.js';
import type { AuditEntry, ChainOwner, EntryPosition } from '../audit-trail/index.js';
import type { ListEntriesQuery } from './dto/list-entries.query.js';
import { filterOf } from './entry-filter.js';

@Injectable()
export class ListEntries {
  constructor(private readonly trail: AuditTrailRepository) {}

  /** Newest first. @throws DomainError `validation_failed` */
  async execute(owner: ChainOwner, query: ListEntriesQuery): Promise<Page<AuditEntry>> {
    const chain = chainOf(owner);
    const filter = filterOf(query);
    const { page, limit, cursor } = query;
    const after = cursor === undefined ? undefined : positionOf(cursor);
    const [found, total] = await Promise.all([
      this.trail.list(chain, filter, after, after ? 0 : (page - 1) * limit, limit + 1),
      this.trail.count(chain, filter),
    ]);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = found.length > limit && last ? { nextCursor: encodeCursor({ at: last.at, id: String(last.sequence) }) } : {};
    return { items, total, page, limit, ...more };
  }
}

function positionOf(cursor: string): EntryPosition {
  const { at, id } = decodeCursor(cursor);
  const sequence = Number(id);
  if (!Number.isSafeInteger(sequence)) {
    const expected = 'the nextCursor of an earlier answer of this list';
    throw DomainError.invalid({ field: 'cursor', code: 'cursor', message: `cursor must be ${expected}.`, expected });
  }
  return { at, sequence };
}
