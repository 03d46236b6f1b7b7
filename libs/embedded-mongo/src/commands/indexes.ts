import { parseCollation } from '../bson/collation.js';
import { expectString, isDoc, isNumeric, toNumber, truthy, type Doc, type Value } from '../bson/value.js';
import { fail, show, unsupported } from '../errors.js';
import { compileMatch } from '../query/match.js';
import type { Collection } from '../store/collection.js';
import { batchSizeOf, refuseWhileLocked } from './collections.js';
import type { Handler } from './context.js';
import { checkFields } from './fields.js';

const STORED = ['unique', 'sparse', 'hidden', 'expireAfterSeconds', 'partialFilterExpression', 'collation'];
const ACCEPTED = ['key', 'name', 'v', 'background', 'ns', ...STORED];
/** Options of index types that do not exist here. */
const LEFT_OUT = [
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'clustered',
  'prepareUnique',
  'storageEngine',
];

function parseKey(key: Value): Doc {
  if (!isDoc(key) || Object.keys(key).length === 0) fail(67, 'Index keys cannot be an empty object.');
  for (const [field, v] of Object.entries(key)) {
    if (typeof v === 'string') {
      if (['text', '2d', '2dsphere', 'hashed'].includes(v)) unsupported(`index type ${v}`);
      fail(67, `Unknown index plugin '${v}'`);
    }
    if (!isNumeric(v) || toNumber(v) === 0) fail(67, 'Values in v:2 index key pattern must be of type string or a non-zero number');
    if (field === '$**' || field.endsWith('.$**')) unsupported('wildcard index');
    if (field === '' || field.split('.').includes('')) fail(67, 'Index keys cannot be an empty field');
  }
  return key;
}

/** Checks an index definition and gives it the form in which it is listed. */
function parseIndex(given: Doc): Doc {
  for (const k of LEFT_OUT) if (given[k] !== undefined) unsupported(`index option ${k}`);
  checkFields('createIndexes.indexes', given, ACCEPTED);
  const key = parseKey(given['key']);
  const defaultName = Object.entries(key)
    .map(([f, d]) => `${f}_${String(toNumber(d))}`)
    .join('_');
  const spec: Doc = { v: 2, key, name: typeof given['name'] === 'string' ? given['name'] : defaultName };
  for (const k of STORED) if (given[k] !== undefined && given[k] !== false) spec[k] = given[k];
  if (spec['collation'] !== undefined) {
    const collation = parseCollation(spec['collation']);
    if (collation) spec['collation'] = collation.spec;
    else Reflect.deleteProperty(spec, 'collation');
  }
  if (spec['partialFilterExpression'] !== undefined) {
    if (truthy(spec['sparse'])) fail(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    compileMatch(spec['partialFilterExpression']);
  }
  const ttl = spec['expireAfterSeconds'];
  if (ttl !== undefined && (!isNumeric(ttl) || toNumber(ttl) < 0)) {
    fail(67, "TTL index 'expireAfterSeconds' option must be numeric and non-negative");
  }
  if (ttl !== undefined && Object.keys(key).length !== 1)
    fail(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  return spec;
}

function signature(spec: Doc, fields: readonly string[]): string {
  return JSON.stringify(fields.map((f) => (f === 'unique' || f === 'sparse' ? truthy(spec[f]) : (spec[f] ?? null))));
}

/** True when the same index is there already; an index that differs only in part is an error. */
function exists(c: Collection, spec: Doc): boolean {
  const name = expectString(spec['name'], 'index name');
  const same = c.indexes.get(name);
  if (same) {
    if (
      signature(same.spec, ['key', 'unique', 'sparse', 'partialFilterExpression', 'collation']) !==
      signature(spec, ['key', 'unique', 'sparse', 'partialFilterExpression', 'collation'])
    ) {
      fail(
        86,
        `An existing index has the same name as the requested index. Requested index: ${show(spec)}, existing index: ${show(same.spec)}`,
      );
    }
    if (same.spec['expireAfterSeconds'] !== spec['expireAfterSeconds']) {
      fail(
        85,
        `An equivalent index already exists with the same name but different options. Requested index: ${show(spec)}, existing index: ${show(same.spec)}`,
      );
    }
    return true;
  }
  const shape = ['key', 'partialFilterExpression', 'collation'];
  for (const other of c.indexes.values()) {
    if (signature(other.spec, shape) === signature(spec, shape)) fail(85, `Index already exists with a different name: ${other.name}`);
  }
  return false;
}

export const createIndexes: Handler = (ctx) => {
  const list = ctx.command['indexes'];
  if (!Array.isArray(list) || list.length === 0) fail(2, 'Must specify at least one index to create');
  const specs = list.map((s) => parseIndex(isDoc(s) ? s : fail(14, 'an index must be an object')));
  const ns = ctx.ns;
  const had = ctx.store.collection(ns);
  const c = ctx.store.ensureCollection(ns);
  if (c.isView) fail(166, `Namespace ${ns} is a view, not a collection`);
  const numIndexesBefore = c.indexes.size;
  for (const spec of specs) {
    const isIdIndex = JSON.stringify(Object.keys(spec['key'] as Doc)) === '["_id"]';
    if (!isIdIndex && !exists(c, spec)) ctx.store.createIndex(c, spec);
  }
  return { numIndexesBefore, numIndexesAfter: c.indexes.size, createdCollectionAutomatically: had === undefined };
};

export const dropIndexes: Handler = (ctx) => {
  const ns = ctx.ns;
  const c = ctx.store.collection(ns) ?? fail(26, `ns not found ${ns}`);
  refuseWhileLocked(ctx, ns);
  const nIndexesWas = c.indexes.size;
  const wanted = ctx.command['index'];
  const list = wanted === '*' ? [...c.indexes.keys()].slice(1) : Array.isArray(wanted) ? wanted : [wanted];
  for (const x of list) {
    const byKey = isDoc(x) ? [...c.indexes.values()].find((ix) => JSON.stringify(ix.spec['key']) === JSON.stringify(x)) : undefined;
    if (isDoc(x) && !byKey) fail(27, `can't find index with key: ${show(x)}`);
    const name = byKey?.name ?? expectString(x, 'index');
    if (name === '_id_') fail(72, 'cannot drop _id index');
    if (!c.indexes.has(name)) fail(27, `index not found with name [${name}]`);
    ctx.store.dropIndex(c, name);
  }
  return { nIndexesWas };
};

export const listIndexes: Handler = (ctx) => {
  const ns = ctx.ns;
  const c = ctx.store.collection(ns) ?? fail(26, `ns does not exist: ${ns}`);
  const specs = [...c.indexes.values()].map((ix) => ix.spec);
  return ctx.server.cursors.reply(ns, specs, batchSizeOf(ctx));
};
