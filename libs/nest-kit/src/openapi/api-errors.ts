import { ERRORS } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { ApiExtension } from '@nestjs/swagger';

/** Where the decorator leaves its codes for the document builder, which removes it again. */
export const ERROR_CODES_EXTENSION = 'x-error-codes';

/** Documents the errors an operation answers beside those every operation has, each with an example. */
export const ApiErrors = (...codes: readonly ErrorCode[]): MethodDecorator => ApiExtension(ERROR_CODES_EXTENSION, codes);

/** Groups codes by the status they answer with. */
export function byStatus(codes: Iterable<ErrorCode>): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERRORS[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return groups;
}
