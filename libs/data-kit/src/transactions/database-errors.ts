import { mongo } from 'mongoose';

const WRITE_CONFLICT = 112;

/** The driver's error itself, also when it was wrapped as the cause of another. */
export function rootDatabaseError(error: unknown): mongo.MongoError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof mongo.MongoError) return current;
  }
  return undefined;
}

/** The transaction was rolled back and may succeed when it is repeated. */
export function isTransient(error: unknown): boolean {
  return rootDatabaseError(error)?.hasErrorLabel('TransientTransactionError') ?? false;
}

/** The commit was sent and its answer lost. */
export function isUnknownCommit(error: unknown): boolean {
  return rootDatabaseError(error)?.hasErrorLabel('UnknownTransactionCommitResult') ?? false;
}

/** Another transaction is writing the same document. */
export function isWriteConflict(error: unknown): boolean {
  return rootDatabaseError(error)?.code === WRITE_CONFLICT;
}

/** A document with this value of a unique index exists. */
export function isDuplicateKey(error: unknown): boolean {
  return rootDatabaseError(error)?.code === 11000;
}
