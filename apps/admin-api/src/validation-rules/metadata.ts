import { Transform } from 'class-transformer';
import { rule } from './rule.js';

const MAX_ENTRIES = 50;
const MAX_KEY = 40;
const MAX_VALUE = 500;

/**
 * Free data of the caller: at most 50 entries of text. Numbers and booleans become text, null entries are left out, and an
 * empty array counts as an empty object, because that is how PHP writes one.
 */
export function Metadata(): PropertyDecorator {
  // From the source object: what class-transformer hands over has already lost keys named like methods of objects.
  const transform = Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => canonicalMetadata(obj[key]));
  const check = rule(
    'metadata',
    `an object of at most ${MAX_ENTRIES} entries: keys of 1 to ${MAX_KEY} characters without ".", not starting with "$"; ` +
      `string values of at most ${MAX_VALUE} characters`,
    isMetadata,
  );
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}

export function canonicalMetadata(value: unknown): unknown {
  if (value === '' || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? {} : (value as unknown[]);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]): [string, unknown] => [key, asText(entry)]));
}

export function isMetadata(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries: [string, unknown][] = Object.entries(value);
  return (
    entries.length <= MAX_ENTRIES && entries.every(([key, entry]) => isKey(key) && typeof entry === 'string' && entry.length <= MAX_VALUE)
  );
}

function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/**
 * A dot or a leading dollar sign would mean something to the database; the name of a method every object has, such as
 * `constructor`, gets lost on the way there.
 */
function isKey(key: string): boolean {
  return (
    !Object.hasOwn(Object.prototype, key) &&
    key.length >= 1 &&
    key.length <= MAX_KEY &&
    !key.startsWith('$') &&
    !key.includes('.') &&
    !key.includes('\u0000')
  );
}
