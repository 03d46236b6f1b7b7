import type { Doc, Value } from './bson/value.js';

/** Names the server gives to its error codes; drivers and mongoose read `codeName`. */
const CODE_NAMES: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  11: 'UserNotFound',
  14: 'TypeMismatch',
  16: 'InvalidLength',
  20: 'IllegalOperation',
  24: 'LockTimeout',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  121: 'DocumentValidationFailure',
  125: 'CommandFailed',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  189: 'PrimarySteppedDown',
  197: 'InvalidIndexSpecificationOption',
  225: 'TransactionTooOld',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction',
  267: 'PreparedTransactionInProgress',
  10107: 'NotWritablePrimary',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
};

/** Further members of an error reply. */
export interface ErrorDetails {
  readonly keyPattern?: Doc;
  readonly keyValue?: Doc;
  readonly errInfo?: Doc;
  readonly labels?: readonly string[];
}

/** An error that is answered to the client with its code, as MongoDB does. Anything else thrown is a defect of this server. */
export class MongoError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = 'MongoError';
  }

  get codeName(): string {
    return codeName(this.code);
  }
}

export function codeName(code: number): string {
  return CODE_NAMES[code] ?? `Location${code}`;
}

export function fail(code: number, message: string, details?: ErrorDetails): never {
  throw new MongoError(code, message, details);
}

/** A feature that is left out on purpose: it is always named, never ignored or answered approximately. */
export function unsupported(what: string): never {
  throw new MongoError(238, `${what} is not supported by the paygate embedded MongoDB stand-in`);
}

/** Two transactions wrote the same document: the later one has to run again. */
export function writeConflict(): never {
  throw new MongoError(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
    { labels: ['TransientTransactionError'] },
  );
}

/** A value as it is shown in error texts. */
export function show(value: Value): string {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}
