import type { Doc } from '../bson/value.js';
import { fail } from '../errors.js';

/** Fields that every command may carry. */
const GENERIC = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'apiDeprecationErrors',
  'apiStrict',
  'apiVersion',
  'autocommit',
  'comment',
  'let',
  'lsid',
  'maxTimeMS',
  'readConcern',
  'startTransaction',
  'txnNumber',
  'writeConcern',
]);

/** An option that is not known would change the result on a real server, so it is refused instead of ignored. */
export function checkFields(where: string, doc: Doc, known: readonly string[]): void {
  for (const k of Object.keys(doc)) {
    if (!known.includes(k))
      fail(40415, `BSON field '${where}.${k}' is an unknown field, or not supported by the paygate embedded MongoDB stand-in.`);
  }
}

export function checkCommandFields(name: string, command: Doc, known: ReadonlySet<string>): void {
  for (const k of Object.keys(command)) {
    if (k !== name && !known.has(k) && !GENERIC.has(k)) {
      fail(40415, `BSON field '${name}.${k}' is an unknown field, or not supported by the paygate embedded MongoDB stand-in.`);
    }
  }
}
