import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from './audit-entry.schema.js';

/** Written instead of a value nobody may read in the log. That it changed is still told. */
export const MASK = '•••';

const SECRET_NAME = /secret|hash|token|credential|password|ciphertext|privatekey|publickey/i;
/** Of a longer text the log keeps the beginning. */
const LONGEST_TEXT = 1000;

/** What the log keeps of {@link differences}: fields whose name says that they hold a secret are masked, and those in `masked`. */
export function changedFields(before: object | undefined, after: object | undefined, masked: readonly string[] = []): FieldChange[] {
  return differences(before, after).map(({ field, ...values }) => {
    const show = isMasked(field, masked) ? () => MASK : shorten;
    return { field, ...Object.fromEntries(Object.entries(values).map(([side, value]) => [side, show(value)])) };
  });
}

/**
 * The fields in which two states of a record differ, by path (`branding.primaryColor`), in the order of their names.
 * Lists count as one value.
 */
export function differences(before: object | undefined, after: object | undefined): FieldChange[] {
  const old = flatten(before ?? {});
  const now = flatten(after ?? {});
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((field) => {
    const [was, is] = [old.get(field), now.get(field)];
    if (isDeepStrictEqual(was, is)) return [];
    return [{ field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}

function flatten(record: object): Map<string, unknown> {
  // Through JSON: what is compared and kept is what a reader of the log will see.
  const plain = JSON.parse(JSON.stringify(record)) as object;
  const fields = new Map<string, unknown>();
  collect(plain, '', fields);
  return fields;
}

function collect(value: object, prefix: string, into: Map<string, unknown>): void {
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof field === 'object' && field !== null && !Array.isArray(field)) collect(field, path, into);
    else if (field !== null) into.set(path, field);
  }
}

function isMasked(path: string, masked: readonly string[]): boolean {
  return SECRET_NAME.test(path) || masked.some((name) => path === name || path.startsWith(`${name}.`));
}

function shorten(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : value;
}
