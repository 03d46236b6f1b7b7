import type { FieldProblem } from '@paygate/kernel';
import type { MessageClass } from '@paygate/messages';
import { describeProblems } from '@paygate/nest-kit';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

export type PayloadCheck<T> = { value: T } | { problems: [FieldProblem, ...FieldProblem[]] };

/**
 * Turns received JSON into an instance of the contract's class and checks it.
 * Fields the class does not know are dropped: a newer sender may add some without breaking older receivers.
 */
export function checkPayload<T extends object>(type: MessageClass<T>, received: unknown): PayloadCheck<T> {
  if (typeof received !== 'object' || received === null || Array.isArray(received)) {
    return { problems: [{ field: '', code: 'object', message: `A ${type.name} must be a JSON object.`, expected: 'a JSON object' }] };
  }
  const value = plainToInstance(type, received);
  const errors = validateSync(value, { whitelist: true, forbidUnknownValues: false });
  const [first, ...rest] = describeProblems(errors);
  return first ? { problems: [first, ...rest] } : { value };
}

/** For logs and errors: `amount: amount must be an integer.; currency: …`. */
export function listProblems(problems: readonly FieldProblem[], parent = ''): string {
  return problems.map((problem) => `${parent}${problem.field}: ${problem.message}`).join('; ');
}
