import { ERRORS } from './error-table.js';
import type { ErrorCode } from './error-table.js';

/** One field a caller got wrong: where, which rule, and what was expected. */
export interface FieldProblem {
  /** Path in the body or query, e.g. `items[0].quantity`. */
  field: string;
  code: string;
  message: string;
  expected?: string;
}

/** The form in which an error crosses a service boundary. */
export interface WireError {
  code: ErrorCode;
  message: string;
  details?: unknown;
}

/** An expected refusal. Anything else that is thrown is a bug and answers 500 without a word about its cause. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    message: string = ERRORS[code].title,
    /** Public: shown to the caller. Never put internals or secrets here. */
    readonly details?: unknown,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  /** A 400 that names the fields. */
  static invalid(...problems: [FieldProblem, ...FieldProblem[]]): DomainError {
    return new DomainError('validation_failed', problems.map((p) => p.message).join(' '), problems);
  }

  toWire(): WireError {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details };
  }

  /** Rebuilds the error another service threw; an unknown code stays an internal error. */
  static fromWire(wire: { code?: unknown; message?: unknown; details?: unknown }): DomainError {
    if (!isErrorCode(wire.code)) return new DomainError('internal_error');
    return new DomainError(wire.code, typeof wire.message === 'string' ? wire.message : undefined, wire.details);
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
