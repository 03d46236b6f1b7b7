import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '@paygate/kernel';
import type { DayRates } from '../rate-table.js';
import { CollectedRates } from './collected-rates.js';
import { limitedText } from './limited-text.js';
import { readCsv } from './read-csv.js';
import { readXml } from './read-xml.js';

const CSV = 'Date,USD,JPY,CYP,\n2026-11-20,1.0567,161.2,N/A,\n2026-11-19,1.06,,N/A,\n';
const XML = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><Cube><Cube time='2026-11-20'><Cube currency='USD' rate='1.0567'/>
<Cube currency='JPY' rate='161.2'/></Cube><Cube time="2026-11-19"><Cube currency="USD" rate="1.06"/></Cube></Cube></gesmes:Envelope>`;
const RATES = [
  { day: '2026-11-19', rates: { USD: '1.06' } },
  { day: '2026-11-20', rates: { USD: '1.0567', JPY: '161.2' } },
];

/** In pieces that end anywhere, also within characters. */
async function* pieces(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(kind: 'csv' | 'xml', text: string | Buffer, size = 7, limit = 10_000): Promise<DayRates[]> {
  const collected = new CollectedRates('2026-11-21');
  await (kind === 'csv' ? readCsv : readXml)(limitedText(pieces(text, size), limit), collected);
  return collected.all();
}

const refusal = async (kind: 'csv' | 'xml', text: string | Buffer): Promise<DomainError> =>
  read(kind, text).then(
    () => {
      throw new Error('it was read');
    },
    (error: unknown) => error as DomainError,
  );

describe('files of the European Central Bank', () => {
  it.each([1, 7, 10_000])('are read in pieces of %d bytes', async (size) => {
    expect(await read('csv', CSV, size)).toEqual(RATES);
    expect(await read('xml', XML, size)).toEqual(RATES);
  });

  it.each([
    ['the file of one day', 'Date, USD, JPY, \n20 November 2026, 1.0567, 161.2, \n'],
    ['Windows line ends, no last one', 'Date,USD,JPY,\r\n2026-11-20,1.0567,161.2,'],
    ['empty lines', '\nDate,USD,JPY\n\n2026-11-20,1.0567,161.2\n\n'],
    ['a line twice', 'Date,USD,JPY\n2026-11-20,1.0567,161.2\n2026-11-20,1.0567,161.2\n'],
  ])('in CSV: %s', async (_name, text) => {
    expect(await read('csv', text)).toEqual(RATES.slice(1));
  });

  it.each<['csv' | 'xml', string, string | Buffer, RegExp]>([
    ['csv', 'nothing', '', /no rates/],
    ['csv', 'only a head', 'Date,USD\n', /no rates/],
    ['csv', 'another head', 'Datum;USD\n', /first line/],
    ['csv', 'a page', '<!doctype html><p>Not found</p>', /first line/],
    ['csv', 'a day that is none', 'Date,USD\n2026-02-30,1.1\n', /line 2, USD must be of a day/],
    ['csv', 'a day ahead', 'Date,USD\n2026-11-22,1.1\n', /line 2, USD must be of a day/],
    ['csv', 'a day before the euro', 'Date,USD\n1998-12-31,1.1\n', /line 2, USD must be of a day/],
    ['csv', 'another date', 'Date,USD\n20.11.2026,1.1\n', /line 2, Date/],
    ['csv', 'a rate of nothing', 'Date,USD\n2026-11-20,0.0\n', /line 2, USD must be a positive/],
    ['csv', 'a negative rate', 'Date,USD\n2026-11-20,-1\n', /line 2, USD/],
    ['csv', 'a decimal comma', 'Date,USD\n2026-11-20,"1,1"\n', /line 2, Date must be followed by/],
    ['csv', 'an exponent', 'Date,USD\n2026-11-20,1e3\n', /line 2, USD/],
    ['csv', 'a currency that is none', 'Date,Dollar\n2026-11-20,1.1\n', /line 2, Dollar must be an ISO 4217/],
    ['csv', 'the euro itself', 'Date,EUR\n2026-11-20,1\n', /line 2, EUR/],
    ['csv', 'two rates of one day', 'Date,USD\n2026-11-20,1.1\n2026-11-20,1.2\n', /line 3, USD must be one rate/],
    ['csv', 'a line without end', `Date,USD\n${'1'.repeat(30_000)}`, /too long|at most/],
    ['csv', 'bytes', Buffer.from([0x44, 0xff, 0xfe, 0x00]), /UTF-8/],
    ['xml', 'nothing', '', /no rates|well-formed/],
    ['xml', 'text', 'Date,USD', /well-formed/],
    ['xml', 'an end too early', XML.slice(0, -20), /well-formed/],
    ['xml', 'a document type', '<!DOCTYPE x [<!ENTITY a "b">]><Cube/>', /document type/],
    ['xml', 'a rate of no day', '<Cube><Cube currency="USD" rate="1"/></Cube>', /USD must be of a day/],
    ['xml', 'no rate', '<Cube time="2026-11-20"><Cube currency="USD"/></Cube>', /USD must be a positive/],
    ['xml', 'a hundred levels', '<Cube>'.repeat(100), /too deep/],
  ])('in %s are refused: %s', async (kind, _name, text, why) => {
    const error = await refusal(kind, text);
    expect([error.code, error.status]).toEqual(
      error.code === 'payload_too_large' ? ['payload_too_large', 413] : ['exchange_rates_unreadable', 400],
    );
    expect(error.message).toMatch(why);
  });

  it('name every wrong line, fifty at most', async () => {
    const lines = Array.from({ length: 80 }, (_, index) => `2026-11-20,${index % 2 === 0 ? 'x' : '1.1'}`);
    const details = (await refusal('csv', `Date,USD\n${lines.join('\n')}`)).details as { line: number }[];
    expect(details.map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, index) => 2 * index + 2));
    const all = await refusal('csv', `Date,USD\n${'2026-11-20,x\n'.repeat(80)}`);
    expect(all.details).toHaveLength(50);
  });

  it('are read as far as the limit only', async () => {
    await expect(read('csv', CSV, 7, 40)).rejects.toMatchObject({ code: 'payload_too_large' });
  });
});
