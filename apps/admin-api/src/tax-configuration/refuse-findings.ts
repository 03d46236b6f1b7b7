import type { FieldProblem } from '@paygate/kernel';
import { invalidFields } from '@paygate/nest-kit';
import type { TaxFinding } from '@paygate/tax';

/** @throws DomainError `validation_failed` when anything was found */
export function refuseFindings(findings: readonly TaxFinding[]): void {
  if (findings.length > 0) throw invalidFields(findings.map(problemOf));
}

/** A finding says `Expected a day.`, a problem `validTo must be a day.` */
function problemOf({ field, message }: TaxFinding): FieldProblem {
  const expected = message.replace(/^Expected /, '').replace(/\.$/, '');
  return { field, code: 'invalid', message: `${field} must be ${expected}.`, expected };
}
