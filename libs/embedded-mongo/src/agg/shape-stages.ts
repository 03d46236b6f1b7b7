import { isDoc, setField, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { isOperatorDoc } from '../query/match.js';
import { setComputed } from '../query/path.js';
import { compileProjection } from '../query/projection.js';
import { matchContext, type PipelineEnv, type Stage } from './environment.js';
import type { StageCompiler } from './pipeline.js';

function projection(spec: Doc, env: PipelineEnv): Stage {
  const projectDoc = compileProjection(spec, {
    find: false,
    match: matchContext(env),
    compileExpression: (e) => env.scope.compile(e),
  });
  return (docs) => (projectDoc ? docs.map(projectDoc) : docs);
}

export const project: StageCompiler = (arg, env) => {
  if (!isDoc(arg) || Object.keys(arg).length === 0) {
    fail(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  }
  return projection(arg, env);
};

export const unset: StageCompiler = (arg, env) => {
  const names = Array.isArray(arg) ? arg : [arg];
  const spec: Doc = {};
  for (const n of names)
    setField(spec, typeof n === 'string' ? n : fail(31120, '$unset specification must be a string or an array of strings'), 0);
  if (names.length === 0) fail(31119, '$unset specification must be a string or an array with at least one field');
  return projection(spec, env);
};

/** `{ a: { b: expr } }` computes `a.b`; a document that begins with an operator is an expression. */
function computedFields(spec: Doc, prefix: readonly string[]): [string[], Value][] {
  return Object.keys(spec).flatMap((k): [string[], Value][] => {
    const path = [...prefix, ...k.split('.')];
    const v = spec[k];
    return isDoc(v) && !isOperatorDoc(v) && Object.keys(v).length > 0 ? computedFields(v, path) : [[path, v]];
  });
}

export const addFields: StageCompiler = (arg, env, name) => {
  if (!isDoc(arg) || Object.keys(arg).length === 0) fail(40272, `${name} specification stage must be a non-empty object`);
  const fields = computedFields(arg, []).map(([path, e]) => [path, env.scope.compile(e)] as const);
  return (docs) =>
    docs.map((d) => {
      const out = { ...d };
      // Every expression sees the document as it came in.
      const values = fields.map(([, evaluate]) => evaluate(d));
      fields.forEach(([path], i) => setComputed(out, path, values[i]));
      return out;
    });
};

export const replaceRoot: StageCompiler = (arg, env, name) => {
  const evaluate = env.scope.compile(name === '$replaceRoot' && isDoc(arg) ? arg['newRoot'] : arg);
  return (docs) =>
    docs.map((d) => {
      const v = evaluate(d);
      return isDoc(v) ? v : fail(40228, `'newRoot' expression must evaluate to an object, but resulting value was: ${show(v)}`);
    });
};

export const redact: StageCompiler = (arg, env) => {
  const decide = env.scope.compile(arg);
  const visit = (d: Doc): Doc | null => {
    switch (decide(d)) {
      case '$$KEEP':
        return d;
      case '$$PRUNE':
        return null;
      case '$$DESCEND': {
        const out: Doc = {};
        for (const k of Object.keys(d)) {
          const v = descend(d[k]);
          if (v !== undefined) setField(out, k, v);
        }
        return out;
      }
      default:
        return fail(17053, '$redact must resolve to $$DESCEND, $$KEEP, or $$PRUNE');
    }
  };
  const descend = (v: Value): Value => {
    if (isDoc(v)) return visit(v) ?? undefined;
    return Array.isArray(v) ? v.map(descend).filter((e) => e !== undefined) : v;
  };
  return (docs) => docs.map(visit).filter((d) => d !== null);
};
