import { ValidateBy } from 'class-validator';

/**
 * A validation rule that says in one sentence what is expected. One rule per property keeps the answer to a caller short:
 * a wrong amount is one problem, not "must be an integer" and "must not be less than" and "must not be greater than".
 */
export function rule(code: string, expected: string, test: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy(
    {
      name: code,
      validator: {
        validate: test,
        defaultMessage: (problem) => `${problem?.property ?? 'value'} must be ${expected}`,
      },
    },
    { context: { expected } },
  );
}
