import { sameCollation, type Collation } from '../bson/collation.js';
import { indexKey, invert, typePrefix } from '../bson/index-key.js';
import type { Doc, Value } from '../bson/value.js';
import { Rank, rankOf } from '../bson/value.js';
import { constraintsOf, type Constraint } from '../query/constraints.js';
import type { SortField } from '../query/sort.js';
import type { Collection } from './collection.js';
import type { CollectionIndex, IndexField } from './collection-index.js';

/** Half-open range of index keys. */
export interface KeyRange {
  readonly low: string;
  readonly high: string;
}

/** How to reach the documents of a query. Every plan may give too many: the filter is always applied again. */
export type Plan =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | {
      readonly kind: 'index';
      readonly index: CollectionIndex;
      readonly ranges: readonly KeyRange[];
      readonly order: 'none' | 'forward' | 'backward';
    };

/** Larger than every character that can follow a field in an index key. */
const AFTER = '\u0100';
const MAX_RANGES = 1000;
/** Reading by an unrelated index only to avoid a sort pays when few documents are wanted. */
const SORT_BONUS = 20;

export function planQuery(
  c: Collection,
  filter: Doc,
  sort: readonly SortField[],
  collation: Collation | undefined,
  limited: boolean,
): Plan {
  const constraints = constraintsOf(filter);
  const id = constraints.get('_id');
  if (id && sameCollation(c.collation, collation)) {
    if (id.hasEq && usableValue(id.eq)) return { kind: 'ids', ids: [c.idKey(id.eq)] };
    if (id.in?.every(usableValue) === true && sort.length === 0) return { kind: 'ids', ids: [...new Set(id.in.map((v) => c.idKey(v)))] };
  }
  let best: Plan = { kind: 'all' };
  let bestCost = Infinity;
  for (const index of c.indexes.values()) {
    if (constraints.size === 0 && sort.length === 0) break;
    if (!index.usableFor(constraints, collation)) continue;
    const candidate = planIndex(index, constraints, sort);
    if (!candidate) continue;
    const cost = costOf(candidate.plan, candidate.selective, limited, c.count);
    if (cost < bestCost) {
      best = candidate.plan;
      bestCost = cost;
    }
  }
  return best;
}

type IndexPlan = Extract<Plan, { kind: 'index' }>;

function costOf(plan: IndexPlan, selective: boolean, limited: boolean, count: number): number {
  if (!selective) return limited ? count / SORT_BONUS : count;
  let cost = 0;
  for (const r of plan.ranges) cost += plan.index.entries.estimate(r.low, r.high) + 1;
  return plan.order === 'none' || !limited ? cost : cost / SORT_BONUS;
}

/** Arrays are compared as a whole and by element, which an index entry cannot tell apart; regular expressions never equal a key. */
function usableValue(v: Value): boolean {
  const rank = rankOf(v);
  return rank !== Rank.Array && rank !== Rank.Regex && rank !== Rank.Undefined;
}

function planIndex(
  index: CollectionIndex,
  constraints: ReadonlyMap<string, Constraint>,
  sort: readonly SortField[],
): { plan: IndexPlan; selective: boolean } | null {
  let prefixes = [''];
  let i = 0;
  for (; i < index.fields.length; i++) {
    const field = index.fields[i] as IndexField;
    const points = pointsOf(constraints.get(field.path), index, field);
    if (!points || points.length * prefixes.length > MAX_RANGES) break;
    prefixes =
      prefixes.length === 1 && points.length === 1
        ? [`${prefixes[0] ?? ''}${points[0] ?? ''}`]
        : prefixes.flatMap((p) => points.map((q) => p + q));
  }
  const equalities = i;
  const next = index.fields[i];
  const bounds = next && rangeOf(constraints.get(next.path), index, next);
  const ranges = [...new Set(prefixes)]
    .sort()
    .map((p) => (bounds ? { low: p + bounds.low, high: p + bounds.high } : { low: p, high: p + AFTER }));
  const order = ranges.length === 1 ? orderOf(index, equalities, sort, constraints) : 'none';
  const selective = equalities > 0 || bounds !== undefined;
  if (!selective && order === 'none') return null;
  return { plan: { kind: 'index', index, ranges, order }, selective };
}

function pointsOf(c: Constraint | undefined, index: CollectionIndex, field: IndexField): string[] | null {
  if (!c) return null;
  if (c.hasEq) return usableValue(c.eq) ? [index.encodeField(c.eq, field)] : null;
  return c.in?.every(usableValue) === true ? c.in.map((v) => index.encodeField(v, field)) : null;
}

/** Key range of the conditions on one field. With arrays each condition may hold for another element, so only one is used. */
function rangeOf(c: Constraint | undefined, index: CollectionIndex, field: IndexField): KeyRange | undefined {
  if (!c || c.ranges.length === 0 || index.collation) return undefined;
  let range: KeyRange | undefined;
  for (const [op, v] of c.ranges) {
    const rank = rankOf(v);
    if (!usableValue(v) || rank === Rank.Null || rank === Rank.MinKey || rank === Rank.MaxKey) continue;
    const key = indexKey(v);
    const type = typePrefix(v);
    const afterType = String.fromCharCode(type.charCodeAt(0) + 1);
    const ascending: KeyRange = {
      low: op === '$gte' ? key : op === '$gt' ? key + AFTER : type,
      high: op === '$lt' ? key : op === '$lte' ? key + AFTER : afterType,
    };
    const own = field.descending ? turnRound(ascending) : ascending;
    range = range && !index.multikey ? { low: max(range.low, own.low), high: min(range.high, own.high) } : (range ?? own);
  }
  return range;
}

/** The same range in a descending field: what was excluded at one end by `AFTER` is now excluded without it, and the reverse. */
function turnRound({ low, high }: KeyRange): KeyRange {
  const flip = (bound: string): string => (bound.endsWith(AFTER) ? invert(bound.slice(0, -1)) : invert(bound) + AFTER);
  return { low: flip(high), high: flip(low) };
}

function max(a: string, b: string): string {
  return a > b ? a : b;
}

function min(a: string, b: string): string {
  return a < b ? a : b;
}

/** Whether the index already gives the wanted order: the sort fields follow the fields that are fixed by equality. */
function orderOf(
  index: CollectionIndex,
  equalities: number,
  sort: readonly SortField[],
  constraints: ReadonlyMap<string, Constraint>,
): 'none' | 'forward' | 'backward' {
  if (sort.length === 0 || index.multikey || index.collation) return 'none';
  const fixed = new Set(index.fields.slice(0, equalities).map((f) => f.path));
  const wanted = sort.filter((s) => !(fixed.has(s.path) && constraints.get(s.path)?.hasEq === true));
  let direction: 'none' | 'forward' | 'backward' = 'none';
  for (const [i, s] of wanted.entries()) {
    const field = index.fields[equalities + i];
    if (field?.path !== s.path) return 'none';
    const same = (s.direction === -1) === field.descending ? 'forward' : 'backward';
    if (direction !== 'none' && direction !== same) return 'none';
    direction = same;
  }
  return direction === 'none' ? 'forward' : direction;
}
