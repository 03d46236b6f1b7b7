import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';

/**
 * Runs a use case whose fields are called otherwise on this surface.
 * @param names what the use case calls a field → what it is called here
 * @throws what `work` throws, refusals of fields by their names here
 */
export async function withFieldNames<T>(names: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError && error.code === 'validation_failed' ? renamed(error, names) : error;
  }
}

function renamed(error: DomainError, names: Readonly<Record<string, string>>): DomainError {
  const [first, ...others] = (Array.isArray(error.details) ? (error.details as FieldProblem[]) : []).map((problem) => {
    const field = names[problem.field] ?? problem.field;
    return { ...problem, field, message: problem.message.replace(problem.field, field) };
  });
  return first ? DomainError.invalid(first, ...others) : error;
}
