import { pipeline, Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';

/** A file that is written while it is sent. */
export interface Download {
  content: Readable;
  type: string;
  name: string;
}

export type CsvRow<C extends string> = Partial<Record<C, string | number>>;
type Rows<C extends string> = Iterable<CsvRow<C>> | AsyncIterable<CsvRow<C>>;

/** The answer of a route that hands out a file. */
export function sendDownload({ content, type, name }: Download): StreamableFile {
  return new StreamableFile(content, { type, disposition: `attachment; filename="${name}"` });
}

/** A table with a header, for spreadsheets. */
export function csvDownload<C extends string>(name: string, columns: readonly C[], rows: Rows<C>): Download {
  const options = { header: true, columns: [...columns], cast: { string: safeCell } };
  // A failure of the database ends the file visibly: the connection breaks instead of the file just being short.
  const content = pipeline(Readable.from(rows), stringify(options), () => undefined);
  return { content, type: 'text/csv; charset=utf-8', name };
}

export function textDownload(name: string, type: string, parts: Iterable<string>): Download {
  return { content: Readable.from(parts, { objectMode: false }), type: `${type}; charset=utf-8`, name };
}

/** A cell that begins like a formula would be run by the spreadsheet that opens the file; a plain number is none. */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
}
