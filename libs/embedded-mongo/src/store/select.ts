import type { Collation } from '../bson/collation.js';
import type { Doc } from '../bson/value.js';
import { compileMatch, type DocTest, type MatchContext } from '../query/match.js';
import { sortBy, type SortField } from '../query/sort.js';
import type { Collection } from './collection.js';
import { planQuery, type Plan } from './planner.js';
import type { Rec, Version } from './record.js';
import type { Store } from './store.js';
import type { Transaction } from './transaction.js';

export interface Query {
  readonly filter: Doc;
  readonly match: MatchContext;
  readonly collation: Collation | undefined;
  readonly txn: Transaction | null;
  readonly sort?: readonly SortField[];
  /** Natural order from the end. */
  readonly reverse?: boolean;
  readonly skip?: number;
  /** 0 or absent means no limit. */
  readonly limit?: number;
  /** Called now and then during long scans; throws when the time is up. */
  readonly checkTime: () => void;
}

export interface Found {
  readonly rec: Rec;
  readonly version: Version;
}

const CHECK_EVERY = 1024;

/** How a query was answered. */
export interface Explained {
  readonly plan: Plan;
  /** The documents were put in order after they were found. */
  readonly sorted: boolean;
  /** Documents looked at. */
  readonly examined: number;
  readonly returned: number;
}

/** The documents of a query in the wanted order. */
export function select(store: Store, c: Collection, query: Query): Found[] {
  return carryOut(store, c, query).found;
}

/** Carries a query out to tell how. */
export function explainSelect(store: Store, c: Collection, query: Query): Explained {
  const { found, ...how } = carryOut(store, c, query);
  return { ...how, returned: found.length };
}

function carryOut(store: Store, c: Collection, query: Query): Omit<Explained, 'returned'> & { found: Found[] } {
  const { sort = [], skip = 0, limit = 0 } = query;
  const test = Object.keys(query.filter).length > 0 ? compileMatch(query.filter, query.match) : null;
  const plan = planQuery(c, query.filter, sort, query.collation, limit > 0);
  const ordered = (sort.length === 0 && query.reverse !== true) || (plan.kind === 'index' && plan.order !== 'none' && sort.length > 0);
  const enough = ordered && limit > 0 ? skip + limit : Infinity;
  const { out, examined } = collect(store, c, plan, test, query, enough);
  let found = out;
  if (!ordered) found = query.reverse === true ? found.reverse() : sortBy(found, sort, (f) => f.version.doc, query.collation);
  if (skip > 0 || limit > 0) found = found.slice(skip, limit > 0 ? skip + limit : undefined);
  return { found, plan, sorted: !ordered && query.reverse !== true, examined };
}

function collect(
  store: Store,
  c: Collection,
  plan: Plan,
  test: DocTest | null,
  query: Query,
  enough: number,
): { out: Found[]; examined: number } {
  const out: Found[] = [];
  let visited = 0;
  const consider = (rec: Rec): boolean => {
    if (++visited % CHECK_EVERY === 0) query.checkTime();
    const version = c.visible(rec, query.txn);
    if (version && (test === null || test(version.doc))) out.push({ rec, version });
    return out.length >= enough;
  };
  if (plan.kind === 'ids') {
    for (const id of plan.ids) {
      const rec = c.recs.get(id);
      if (rec && consider(rec)) break;
    }
  } else if (plan.kind === 'all') {
    for (const rec of c.recs.values()) if (consider(rec)) break;
  } else scanIndex(store, c, plan, query, consider);
  return { out, examined: visited };
}

function scanIndex(
  store: Store,
  c: Collection,
  plan: Extract<Plan, { kind: 'index' }>,
  query: Query,
  consider: (rec: Rec) => boolean,
): void {
  const { index, ranges, order } = plan;
  const seen = index.multikey || ranges.length > 1 || store.hasRetired ? new Set<Rec>() : null;
  // While transactions are open, an entry may belong to a state this reader does not see; its place in the order would be wrong.
  const verify = store.hasRetired && order !== 'none';
  const visit = (rec: Rec, key: string): boolean => {
    if (seen?.has(rec) === true) return false;
    if (verify) {
      const doc = c.visible(rec, query.txn)?.doc;
      if (!doc || !index.keys(doc).includes(key.slice(0, -rec.suffix.length))) return false;
    }
    seen?.add(rec);
    return consider(rec);
  };
  for (const { low, high } of ranges) {
    const stopped = order === 'backward' ? index.entries.descend(low, high, visit) : index.entries.ascend(low, high, visit);
    if (stopped) return;
  }
}
