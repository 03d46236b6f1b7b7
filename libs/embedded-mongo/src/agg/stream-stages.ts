import { Long } from 'bson';
import { isDoc, isNil, isNumeric, setField, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { compileMatch } from '../query/match.js';
import { documentPath, setComputed } from '../query/path.js';
import { parseSort, sortBy } from '../query/sort.js';
import { matchContext } from './environment.js';
import type { StageCompiler } from './pipeline.js';

export const match: StageCompiler = (arg, env) => {
  if (!isDoc(arg)) fail(15959, 'the match filter must be an expression in an object');
  const test = compileMatch(arg, matchContext(env));
  return (docs) => docs.filter(test);
};

export const sort: StageCompiler = (arg, env) => {
  const fields = parseSort(arg);
  if (fields.length === 0) fail(15976, '$sort stage must have at least one sort key');
  return (docs) => sortBy(docs, fields, (d) => d, env.collation);
};

function wholeNumber(arg: Value, name: string, code: number): number {
  const n = isNumeric(arg) ? toNumber(arg) : NaN;
  return Number.isInteger(n) && n >= 0 ? n : fail(code, `invalid argument to ${name} stage: ${show(arg)}`);
}

export const limit: StageCompiler = (arg) => {
  const n = wholeNumber(arg, '$limit', 2107201);
  if (n === 0) fail(15958, 'the limit must be positive');
  return (docs) => docs.slice(0, n);
};

export const skip: StageCompiler = (arg) => {
  const n = wholeNumber(arg, '$skip', 5107200);
  return (docs) => docs.slice(n);
};

export const count: StageCompiler = (arg) => {
  if (typeof arg !== 'string' || arg === '' || arg.startsWith('$') || arg.includes('.')) {
    fail(40156, 'the count field must be a non-empty string without $ prefix or dots');
  }
  return (docs) => (docs.length > 0 ? [{ [arg]: docs.length }] : []);
};

export const sample: StageCompiler = (arg) => {
  const n = isDoc(arg) ? wholeNumber(arg['size'], '$sample', 28746) : fail(28745, 'the $sample stage specification must be an object');
  return (docs) => {
    const shuffled = docs.slice();
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j] as Doc, shuffled[i] as Doc];
    }
    return shuffled.slice(0, n);
  };
};

export const documents: StageCompiler = (arg, env) => {
  const evaluate = env.scope.compile(arg);
  return () => {
    const docs = evaluate({});
    if (!Array.isArray(docs) || !docs.every(isDoc)) fail(40228, '$documents must evaluate to an array of objects');
    return docs;
  };
};

export const unwind: StageCompiler = (arg) => {
  const options: Doc = isDoc(arg) ? arg : { path: arg };
  const path = options['path'];
  const unknown = Object.keys(options).find((k) => !['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(k));
  if (unknown !== undefined) fail(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (typeof path !== 'string' || !path.startsWith('$')) fail(28818, "path option to $unwind stage should be prefixed with a '$'");
  const parts = path.slice(1).split('.');
  const keep = options['preserveNullAndEmptyArrays'] === true;
  const index = options['includeArrayIndex'];
  const indexed = (doc: Doc, i: Value): Doc => {
    if (typeof index === 'string') setField(doc, index, i);
    return doc;
  };
  return (docs) => {
    const out: Doc[] = [];
    for (const d of docs) {
      const v = documentPath(d, parts);
      if (Array.isArray(v)) {
        v.forEach((e, i) => out.push(indexed(setComputed({ ...d }, parts, e), Long.fromNumber(i))));
        if (v.length === 0 && keep) out.push(indexed(setComputed({ ...d }, parts, undefined), null));
      } else if (!isNil(v) || keep) out.push(indexed({ ...d }, null));
    }
    return out;
  };
};
