import sax from 'sax';
import { unreadable } from './collected-rates.js';
import type { CollectedRates } from './collected-rates.js';

const DEEPEST = 10;
/** Only the five entities of XML itself. */
const OPTIONS = { xmlns: false, strictEntities: true };

/**
 * The XML of the European Central Bank: `Cube` elements with a `time`, in them `Cube` elements with `currency` and `rate`. A
 * document type is refused, so there are no entities to expand.
 * @throws DomainError `exchange_rates_unreadable`
 */
export async function readXml(chunks: AsyncIterable<string>, into: CollectedRates): Promise<void> {
  const parser = sax.parser(true, OPTIONS);
  const open: (string | undefined)[] = [];
  const refuse = (why: string): never => {
    throw unreadable(`Line ${parser.line + 1}: ${why}.`, []);
  };
  parser.onerror = () => refuse('it is not well-formed XML');
  parser.ondoctype = () => refuse('it has a document type');
  parser.onopentag = ({ name, attributes }) => {
    if (open.length >= DEEPEST) refuse('it is too deep');
    const { time, currency, rate } = attributes as Readonly<Record<string, string | undefined>>;
    const day = time ?? open.at(-1);
    open.push(day);
    if (!/(^|:)Cube$/.test(name) || currency === undefined) return;
    into.add(day ?? '', currency, rate ?? '', { line: parser.line + 1, field: currency });
  };
  parser.onclosetag = () => {
    open.pop();
  };
  for await (const chunk of chunks) parser.write(chunk);
  parser.close();
}
