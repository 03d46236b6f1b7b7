import { ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { describeProblems } from './field-problems.js';

const QUOTED_PROBLEMS = 5;

/**
 * Turns bodies, queries and path parameters into their DTO classes. A field the class does not declare, a wrong value
 * or a body that is no object is a `validation_failed` (400) whose details name each field.
 */
export function createValidationPipe(): ValidationPipe {
  return new DtoValidationPipe({ transform: true });
}

/** Throws the 400 for these problems; its message quotes the first of them, its details hold all. */
export function invalidFields(problems: readonly FieldProblem[]): DomainError {
  const quoted = problems.slice(0, QUOTED_PROBLEMS).map((problem) => problem.message);
  const more = problems.length - quoted.length;
  return new DomainError('validation_failed', more > 0 ? `${quoted.join(' ')} And ${more} more.` : quoted.join(' '), problems);
}

/**
 * Nest's pipe walks each value several times to repair what parsers of other transports let through (prototype keys,
 * sparse arrays, binary values). Our JSON parser refuses prototype keys and cannot produce the others.
 */
class DtoValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata;
    if (metatype === undefined || !this.toValidate(metadata)) return this.transformPrimitive(value, metadata);
    const source = value ?? {};
    if (typeof source !== 'object' || Array.isArray(source)) throw invalidFields([notAnObject(metadata.data ?? metadata.type)]);

    const instance = plainToInstance(metatype, source) as object;
    const errors = await validate(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: false,
      validationError: { target: false },
    });
    if (errors.length > 0) throw invalidFields(describeProblems(errors));
    return instance;
  }
}

function notAnObject(field: string): FieldProblem {
  return { field, code: 'object', message: `The ${field} must be a JSON object.`, expected: 'a JSON object' };
}
