import { createHash } from 'node:crypto';

/**
 * SHA-256 (hex) of a request body as canonical JSON: the order of keys and what JSON cannot carry (`undefined`) do not
 * count, everything else does. Two requests with the same hash ask for the same thing.
 */
export function requestHash(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex');
}

function canonicalJson(body: unknown): string {
  // JSON.stringify gives undefined for undefined and functions, which its declared type leaves out.
  const text = JSON.stringify(body, sortKeys) as string | undefined;
  return text ?? '';
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const source = value as Record<string, unknown>;
  // A null prototype: a body with a key named __proto__ must be hashed like any other.
  const sorted: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(source).sort()) sorted[key] = source[key];
  return sorted;
}
