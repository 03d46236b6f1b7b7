import { isDoc, numberOr, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { parseSort } from '../query/sort.js';
import { explainSelect, type Explained } from '../store/select.js';
import { docOf, type CommandContext, type Handler, type Reply } from './context.js';

const VERBOSITIES = new Set(['queryPlanner', 'executionStats', 'allPlansExecution']);

/** How a `find`, `count` or `aggregate` reaches its documents: the stages and counts of MongoDB that tell whether an index was used. */
export const explain: Handler = (ctx) => {
  const { command } = ctx;
  const verbosity = command['verbosity'] ?? 'allPlansExecution';
  if (typeof verbosity !== 'string' || !VERBOSITIES.has(verbosity))
    fail(9, `verbosity string must be one of ${[...VERBOSITIES].join(', ')}`);
  const explained = docOf(command['explain'], 'explain.explain');
  const [name = ''] = Object.keys(explained);
  const target = queryOf(name, explained);
  const ns = ctx.namespace(explained[name]);
  const plan = planOf(ctx, ns, explained, target);
  return reply(ns, explained, plan, verbosity !== 'queryPlanner');
};

interface Target {
  readonly filter: Doc;
  readonly sort: Doc;
  readonly skip: number;
  readonly limit: number;
}

function queryOf(name: string, command: Doc): Target {
  const page = { skip: numberOr(command['skip'], 0), limit: Math.abs(numberOr(command['limit'], 0)) };
  switch (name) {
    case 'find':
      return { filter: docOf(command['filter'], 'find.filter'), sort: docOf(command['sort'], 'find.sort'), ...page };
    case 'count':
      return { filter: docOf(command['query'], 'count.query'), sort: {}, ...page };
    case 'aggregate':
      return leadingMatch(command['pipeline']);
    default:
      return unsupported(`explain of ${name}`);
  }
}

/** What comes after the first `$match` works on what that finds. */
function leadingMatch(pipeline: Value): Target {
  const [first] = Array.isArray(pipeline) ? pipeline : [];
  const filter = isDoc(first) && isDoc(first['$match']) ? first['$match'] : {};
  return { filter, sort: {}, skip: 0, limit: 0 };
}

function planOf(ctx: CommandContext, ns: string, command: Doc, target: Target): Explained | null {
  const c = ctx.store.collection(ns);
  if (!c) return null;
  if (c.isView) unsupported('explain of a view');
  const collation = ctx.collation(command, c);
  const { filter, skip, limit } = target;
  const query = { filter, skip, limit, sort: parseSort(target.sort), match: ctx.match(collation), collation };
  return explainSelect(ctx.store, c, { ...query, txn: ctx.txn, checkTime: ctx.checkTime });
}

function reply(namespace: string, command: Doc, plan: Explained | null, withStats: boolean): Reply {
  const queryPlanner = { namespace, winningPlan: plan ? winningPlan(plan) : { stage: 'EOF' }, rejectedPlans: [] };
  const executionStats = {
    executionSuccess: true,
    nReturned: plan?.returned ?? 0,
    totalKeysExamined: plan && plan.plan.kind !== 'all' ? plan.examined : 0,
    totalDocsExamined: plan?.examined ?? 0,
  };
  return { explainVersion: '1', queryPlanner, ...(withStats ? { executionStats } : {}), command };
}

function winningPlan({ plan, sorted }: Explained): Doc {
  const access = accessStage(plan);
  return sorted ? { stage: 'SORT', inputStage: access } : access;
}

function accessStage(plan: Explained['plan']): Doc {
  switch (plan.kind) {
    case 'all':
      return { stage: 'COLLSCAN', direction: 'forward' };
    case 'ids':
      return { stage: 'IDHACK' };
    case 'index': {
      const { name, spec, multikey } = plan.index;
      const scan = {
        stage: 'IXSCAN',
        indexName: name,
        keyPattern: spec['key'],
        isMultiKey: multikey,
        direction: plan.order === 'backward' ? 'backward' : 'forward',
      };
      return { stage: 'FETCH', inputStage: scan };
    }
  }
}
