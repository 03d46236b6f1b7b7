import type { FieldProblem } from '@paygate/kernel';
import { invalidFields, isGrantable, resourceOf } from '@paygate/nest-kit';
import type { KeyOwner } from './key-owner.js';

/**
 * The scopes a key is to carry, each once, in the order given.
 * @throws DomainError `validation_failed` naming each entry that is no scope, or none for keys of this owner
 */
export function readScopes(owner: KeyOwner, wanted: readonly string[]): string[] {
  const problems = wanted.flatMap((scope, index) => problemWith(owner, scope, index) ?? []);
  if (problems.length > 0) throw invalidFields(problems);
  return [...new Set(wanted)];
}

function problemWith(owner: KeyOwner, scope: string, index: number): FieldProblem | undefined {
  const isPlatforms = resourceOf(scope) === 'system';
  if (isGrantable(scope) && !(owner.scope && isPlatforms)) return undefined;
  const field = `scopes[${index}]`;
  const expected = `a scope of GET /api/v1/scopes${owner.scope ? ' for organizations' : ''}`;
  return { field, code: 'scope', message: `${field} must be ${expected}.`, expected };
}
