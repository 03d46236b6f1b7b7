import { fail } from '../errors.js';
import { MAX_DEPTH, OLD_BINARY, sizeOf } from './decode.js';

/** Refuses bytes that `decode` would refuse, without making anything of them, so that they can be decoded later. */
export function checkDocument(buf: Buffer): void {
  try {
    if (buf.readInt32LE(0) !== buf.length) malformed();
    checkFields(buf, 0, buf.length, 0);
  } catch (error) {
    if (error instanceof RangeError) malformed();
    throw error;
  }
}

/** A document or an array between two places; every part has to end inside of its whole. */
function checkFields(buf: Buffer, start: number, end: number, depth: number): void {
  if (depth > MAX_DEPTH) fail(15, 'Exceeded depth limit when converting BSON');
  if (end - start < 5 || buf[end - 1] !== 0) malformed();
  let p = start + 4;
  while (p < end - 1) {
    const type = buf[p++] as number;
    while (p < end && buf[p] !== 0) p++;
    p++;
    const next = p + sizeOf(buf, type, p);
    if (next < p || next > end - 1) malformed();
    if (type === 3 || type === 4) checkFields(buf, p, next, depth + 1);
    else if (type === 5) checkBinary(buf, p, next);
    else if (type === 11) checkRegexOptions(buf, p, next);
    p = next;
  }
}

function checkBinary(buf: Buffer, p: number, end: number): void {
  if (buf.readInt32LE(p) < 0) malformed();
  if (buf[p + 4] === OLD_BINARY && (end - p < 9 || buf.readInt32LE(p + 5) !== end - p - 9)) malformed();
}

/** Those a regular expression can have. */
function checkRegexOptions(buf: Buffer, p: number, end: number): void {
  const options = buf.toString('latin1', buf.indexOf(0, p) + 1, end - 1);
  if (!/^[imxlsu]*$/.test(options)) malformed();
}

function malformed(): never {
  return fail(22, 'BSON document is truncated or malformed');
}
