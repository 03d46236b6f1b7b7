import type { EntryFilter } from '../audit-trail/index.js';
import { periodOf } from '../validation-rules/index.js';
import type { ListEntriesQuery } from './dto/list-entries.query.js';

/** @throws DomainError `validation_failed` when the period ends before it begins */
export function filterOf({ action, actor, resourceType, resourceId, from, to }: ListEntriesQuery): EntryFilter {
  const period = periodOf({ from, to });
  return {
    action,
    actor,
    resourceType,
    resourceId,
    from: period.from === undefined ? undefined : new Date(period.from),
    to: period.to === undefined ? undefined : new Date(period.to),
  };
}
