import type { Access } from '../access/index.js';
import type { KeyOwner } from './key-owner.js';

/**
 * Names an operation whose answer holds a whole key, for its Idempotency-Key. It belongs to the caller alone: another one
 * with the same Idempotency-Key must not be answered with a key that was made for somebody else.
 */
export function ownOperation(owner: KeyOwner, verb: 'create' | 'rotate', { principal }: Access): string {
  return `${owner.resource}.${verb}:${principal.kind}:${principal.id}`;
}
