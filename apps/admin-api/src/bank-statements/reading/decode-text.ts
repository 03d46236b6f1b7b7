import { unreadable } from './unreadable.js';

const DECLARED = /^<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
const HEAD_BYTES = 256;

/** The text of an XML file, in the encoding its first bytes or its declaration name. @throws DomainError bank_statement_unreadable */
export function decodeXml(bytes: Buffer): string {
  const declared = DECLARED.exec(bytes.subarray(0, HEAD_BYTES).toString('latin1'))?.[1];
  const encoding = markedEncoding(bytes) ?? declared ?? 'utf-8';
  return decode(bytes, encoding) ?? refuse(encoding);
}

/** The text of a CSV file: UTF-8 when it is valid, else what Windows programs write. */
export function decodeCsv(bytes: Buffer): string {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return decode(bytes, marked) ?? refuse(marked);
  return decode(bytes, 'utf-8') ?? decode(bytes, 'windows-1252') ?? refuse('windows-1252');
}

/** Spreadsheets write UTF-16 with a byte order mark, which is no text in any other encoding. */
function markedEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** Undefined when the bytes are not of the encoding, or there is none of the name. A byte order mark is dropped. */
function decode(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuse(encoding: string): never {
  throw unreadable(`it is not valid ${encoding}`, { expected: 'UTF-8, or the declared encoding' });
}
