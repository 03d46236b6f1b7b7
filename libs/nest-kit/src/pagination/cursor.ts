import { DomainError } from '@paygate/kernel';

/** The place after which the next page begins, in a list sorted newest first by time and then id. */
export interface Cursor {
  at: Date;
  id: string;
}

const PLAIN = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/;

/** Opaque to API users. */
export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

/** @throws DomainError validation_failed on field `cursor` for anything `encodeCursor` does not produce */
export function decodeCursor(text: string): Cursor {
  const [, at, id] = PLAIN.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (at === undefined || id === undefined || encodeCursor({ at: new Date(Number(at)), id }) !== text) {
    throw DomainError.invalid({
      field: 'cursor',
      code: 'cursor',
      message: 'cursor must be the nextCursor of an earlier answer.',
      expected: 'the nextCursor of an earlier answer',
    });
  }
  return { at: new Date(Number(at)), id };
}
