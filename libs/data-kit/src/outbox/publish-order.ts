import type { OutboxRow } from './outbox.schema.js';

/** A pending row of some ordering key: enough to know the order. */
export type KeyedRow = Pick<OutboxRow, '_id' | 'orderingKey' | 'position'>;

export interface PublishPlan {
  /** Rows of a lane are published one after the other, lanes side by side. */
  lanes: OutboxRow[][];
  /** Claimed rows that have to wait for an older row of their key. */
  blocked: OutboxRow[];
}

/**
 * Decides what of a claimed batch may be published now. Rows without a key are lanes of their own. Of each key only the
 * oldest pending rows may go, up to the first one that somebody else holds.
 *
 * @param claimed the rows this relay holds
 * @param pending every unpublished row of the keys of `claimed`, whoever holds it, read after the claim
 */
export function planPublication(claimed: readonly OutboxRow[], pending: readonly KeyedRow[]): PublishPlan {
  const lanes = claimed.filter((row) => row.orderingKey === undefined).map((row) => [row]);
  const keyed = new Map(claimed.filter((row) => row.orderingKey !== undefined).map((row) => [row._id, row]));
  for (const rows of groupByKey(pending).values()) {
    const lane: OutboxRow[] = [];
    for (const { _id } of rows.sort(byPosition)) {
      const row = keyed.get(_id);
      if (!row) break;
      lane.push(row);
      keyed.delete(_id);
    }
    if (lane.length > 0) lanes.push(lane);
  }
  return { lanes, blocked: [...keyed.values()] };
}

function groupByKey(rows: readonly KeyedRow[]): Map<string, KeyedRow[]> {
  const groups = new Map<string, KeyedRow[]>();
  for (const row of rows) {
    if (row.orderingKey === undefined) continue;
    const group = groups.get(row.orderingKey);
    if (group) group.push(row);
    else groups.set(row.orderingKey, [row]);
  }
  return groups;
}

function byPosition(a: KeyedRow, b: KeyedRow): number {
  return (a.position ?? 0) - (b.position ?? 0) || (a._id < b._id ? -1 : 1);
}
