import type { FieldProblem } from '@paygate/kernel';
import type { MessageClass } from '@paygate/messages';
import { describeProblems } from '@paygate/nest-kit';
import { validateSync } from 'class-validator';
import { messageInstance } from './message-instance.js';
import { quickCheckOf } from './quick-check.js';

export type PayloadCheck<T> = { value: T } | { problems: [FieldProblem, ...FieldProblem[]] };

/**
 * Turns received JSON into an instance of the contract's class and checks it.
 * Fields the class does not know are dropped: a newer sender may add some without breaking older receivers.
 */
export function checkPayload<T extends object>(type: MessageClass<T>, received: unknown): PayloadCheck<T> {
  if (typeof received !== 'object' || received === null || Array.isArray(received)) {
    return { problems: [{ field: '', code: 'object', message: `${type.name} must be a JSON object.`, expected: 'a JSON object' }] };
  }
  const value = messageInstance(type, received);
  if (quickCheckOf(type)?.(value)) return { value };
  const errors = validateSync(value, { whitelist: true, forbidUnknownValues: false });
  const [first, ...rest] = describeProblems(errors);
  return first ? { problems: [first, ...rest] } : { value };
}

/** For logs and errors, e.g. `payload.amount: amount must be an integer number.; payload.currency: …`. */
export function listProblems(problems: readonly FieldProblem[], parent?: string): string {
  return problems.map(({ field, message }) => `${[parent, field].filter(Boolean).join('.')}: ${message}`).join('; ');
}
