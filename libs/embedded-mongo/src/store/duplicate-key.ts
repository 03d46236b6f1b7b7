import { ObjectId } from 'bson';
import type { Doc, Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { walk } from '../query/path.js';
import type { CollectionIndex, IndexField } from './collection-index.js';

/** Error 11000 with the pattern and the offending values, which mongoose and the services read. */
export function duplicateKey(ns: string, ix: CollectionIndex, doc: Doc, key: string): never {
  const keyValue: Doc = {};
  for (const f of ix.fields) keyValue[f.path] = valueIn(ix, f, doc, key);
  const text = Object.entries(keyValue)
    .map(([f, v]) => `${f}: ${shellText(v)}`)
    .join(', ');
  const collation = ix.spec['collation'] === undefined ? '' : `collation: ${show(ix.spec['collation'])} `;
  return fail(11000, `E11000 duplicate key error collection: ${ns} index: ${ix.name} ${collation}dup key: { ${text} }`, {
    keyPattern: ix.spec['key'] as Doc,
    keyValue,
  });
}

/** Of an array, the element that is the duplicate. */
function valueIn(ix: CollectionIndex, field: IndexField, doc: Doc, key: string): Value {
  const seen: Value[] = [];
  walk(doc, field.parts, 0, (v) => {
    if (Array.isArray(v)) seen.push(...v);
    else seen.push(v ?? null);
    return false;
  });
  return seen.find((v) => key.includes(ix.encodeField(v, field))) ?? null;
}

function shellText(v: Value): string {
  if (v instanceof ObjectId) return `ObjectId('${v.toHexString()}')`;
  if (v instanceof Date) return `new Date(${v.getTime()})`;
  return show(v);
}
