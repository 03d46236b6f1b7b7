import type { WireError } from '@paygate/kernel';

/** What travels back: the result or the error, never both. A handler that returns nothing leaves both out. */
export interface ReplyBody<R> {
  result?: R;
  error?: WireError;
}
