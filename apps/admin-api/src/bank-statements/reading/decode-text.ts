import { unreadable } from './unreadable.js';

const DECLARED = /^<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
const HEAD_BYTES = 256;

/** The text of an XML file, in the encoding it declares. @throws DomainError bank_statement_unreadable */
export function decodeXml(bytes: Buffer): string {
  const declared = DECLARED.exec(bytes.subarray(0, HEAD_BYTES).toString('latin1'))?.[1];
  return decode(bytes, declared ?? 'utf-8') ?? refuse(declared ?? 'utf-8');
}

/** The text of a CSV file: UTF-8 when it is valid, else what Windows programs write. */
export function decodeCsv(bytes: Buffer): string {
  return decode(bytes, 'utf-8') ?? decode(bytes, 'windows-1252') ?? refuse('windows-1252');
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
  throw unreadable(`it is not valid ${encoding}`);
}
