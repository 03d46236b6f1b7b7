import { hasField, isDoc, setField, type Doc, type Value } from '../bson/value.js';

export const ARRAY_INDEX = /^(0|[1-9]\d*)$/;

/**
 * Visits every value a query path reaches, going through arrays the way queries do: a number may be an index or a field
 * name, and documents inside an array are entered. A missing field is visited as `undefined`.
 * The visitor returns true to stop; so does the whole walk.
 */
export function walk(v: Value, parts: readonly string[], i: number, visit: (value: Value) => boolean): boolean {
  if (i === parts.length) return visit(v);
  const part = parts[i] as string;
  if (isDoc(v)) return hasField(v, part) ? walk(v[part], parts, i + 1, visit) : visit(undefined);
  if (!Array.isArray(v)) return visit(undefined);
  if (ARRAY_INDEX.test(part) && Number(part) < v.length && walk(v[Number(part)], parts, i + 1, visit)) return true;
  for (const e of v) if (isDoc(e) && walk(e, parts, i, visit)) return true;
  return false;
}

/** Value at a path as expressions see it: numbers are field names, and an array gives the array of its elements' values. */
export function expressionPath(v: Value, parts: readonly string[], from = 0): Value {
  for (let i = from; i < parts.length; i++) {
    if (Array.isArray(v)) {
      const out: Value[] = [];
      for (const e of v) {
        const x = isDoc(e) || Array.isArray(e) ? expressionPath(e, parts, i) : undefined;
        if (x !== undefined) out.push(x);
      }
      return out;
    }
    const part = parts[i] as string;
    if (!isDoc(v) || !hasField(v, part)) return undefined;
    v = v[part];
  }
  return v;
}

/**
 * Sets a computed field on `target`, which the caller has already copied; the path below it is copied on the way.
 * Arrays on the path receive the value in each element. `undefined` removes the field.
 */
export function setComputed(target: Doc, parts: readonly string[], value: Value, i = 0): Doc {
  const part = parts[i] as string;
  if (i === parts.length - 1) {
    if (value === undefined) Reflect.deleteProperty(target, part);
    else setField(target, part, value);
    return target;
  }
  const current = hasField(target, part) ? target[part] : undefined;
  if (Array.isArray(current)) {
    setField(
      target,
      part,
      current.map((e) => setComputed(isDoc(e) ? { ...e } : {}, parts, value, i + 1)),
    );
  } else if (value !== undefined || isDoc(current)) {
    setField(target, part, setComputed(isDoc(current) ? { ...current } : {}, parts, value, i + 1));
  }
  return target;
}

/** Plain dotted read through documents only. */
export function documentPath(v: Value, parts: readonly string[]): Value {
  for (const part of parts) {
    if (!isDoc(v) || !hasField(v, part)) return undefined;
    v = v[part];
  }
  return v;
}
