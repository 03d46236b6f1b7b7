import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import fc from 'fast-check';
import { csvRows } from './csv-rows.js';
import { decimalMarkOf, plainDecimal } from './read-amount.js';
import { readCsv } from './read-csv.js';
import { readStatement } from './read-statement.js';

const HEADER = 'date;amount;currency;text;name;account;id';
const file = (...lines: string[]): string => [HEADER, ...lines].join('\n');
const why = (text: string): string => {
  try {
    readCsv(text);
    return 'nothing was wrong';
  } catch (error) {
    return error instanceof DomainError && error.code === 'bank_statement_unreadable' ? error.message : String(error);
  }
};

describe('readCsv', () => {
  it('reads credits and skips debits', () => {
    const text = file('2026-03-02;49.00;EUR;RF18 KMNP;Ada;NL91ABNA0417164300;b1', '2026-03-02;-10.00;EUR;fee;Bank;;b2', '');
    expect(readCsv(text)).toEqual({
      format: 'csv',
      accounts: [],
      skipped: 1,
      entries: [
        {
          key: expect.stringMatching(/^[0-9a-f]{40}:1$/),
          amount: 4900,
          currency: 'EUR',
          bookedOn: '2026-03-02',
          text: 'RF18 KMNP',
          payerName: 'Ada',
          payerAccount: 'NL91ABNA0417164300',
        },
      ],
    });
  });

  it.each([
    ['commas', 'Date,Amount,Currency,Reference\n2026-03-02,1234.50,EUR,a'],
    ['commas and quotation marks', '"date","amount","currency","text"\r\n"2026-03-02","1,234.50","EUR","a"\r\n'],
    ['semicolons and decimal commas', 'date;amount;currency;text\n02.03.2026;1.234,50;EUR;a'],
    ['tabs', 'date\tamount\tcurrency\ttext\n2/3/2026\t1234,5\teur\ta'],
    ['German names', '"Buchungstag";"Betrag";"Währung";"Verwendungszweck"\n"02.03.26";"+1.234,50";"EUR";"a"'],
    ['other columns between', 'x;date;y;amount;currency;text\n;2026-03-02;;1234,50;EUR;a'],
    ['Swiss groups', "date;amount;currency;text\n2026-03-02;1'234.50;EUR;a"],
    ['blanks as groups', 'date;amount;currency;text\n2026-03-02;1 234,50;EUR;a'],
  ])('reads %s', (_what, text) => {
    expect(readCsv(text).entries).toMatchObject([{ amount: 123450, currency: 'EUR', bookedOn: '2026-03-02', text: 'a' }]);
  });

  it.each([
    ['1234', 'EUR', 123400],
    ['1.234', 'EUR', 123400],
    ['1,234', 'EUR', 123400],
    ['1.234.567', 'EUR', 123456700],
    ['0,05', 'EUR', 5],
    ['1.234', 'JPY', 1234],
    ['1,234.500', 'KWD', 1234500],
  ])('reads %s %s', (amount, currency, minor) => {
    expect(readCsv(file(`2026-03-02;${amount};${currency};a`)).entries).toMatchObject([{ amount: minor }]);
  });

  it.each(['-12,00', '12,00-', '−12,00'])('takes %s for a debit', (amount) => {
    expect(readCsv(file(`2026-03-02;${amount};EUR;a`))).toMatchObject({ entries: [], skipped: 1 });
  });

  it('keeps what is quoted', () => {
    const { entries } = readCsv(file('2026-03-02;49;EUR;"one; ""two""\nthree";Ada'));
    expect(entries).toMatchObject([{ text: 'one; "two" three', payerName: 'Ada' }]);
  });

  it.each([
    ['nothing', '', 'line 1: the columns date, amount, currency, text are missing; it has none'],
    ['no header', '2026-03-02;49.00;EUR;a', 'are missing; it has 2026-03-02'],
    ['a column missing', 'date;amount;text\n2026-03-02;1;a', 'the columns currency are missing; it has date, amount, text'],
    ['an amount that is none', file('2026-03-02;much;EUR;a'), 'line 2: the amount is none'],
    ['an unknown currency', file('2026-03-02;1;XXQ;a'), 'line 2: the currency is not known'],
    ['too many decimals', file('2026-03-02;1.0001;EUR;a'), 'line 2: the amount is none'],
    ['both marks', file('2026-03-02;1.50;EUR;a', '2026-03-02;1,50;EUR;a'), 'both a comma and a point'],
    ['an amount that may be read both ways', file('2026-03-02;1.234;KWD;a'), 'do not show'],
    ['groups of two', file('2026-03-02;1.23.456,00;EUR;a'), 'line 2: the amount is none'],
    ['no date', file(';1;EUR;a'), 'line 2: the date is none'],
    ['a day that is none', file('2026-02-30;1;EUR;a'), 'line 2: the date is none'],
    ['months before days', file('03/31/2026;1;EUR;a'), 'line 2: the date is none'],
    ['an open quotation mark', file('2026-03-02;1;EUR;"a'), 'not closed'],
    ['text after a quotation', file('2026-03-02;1;EUR;"a"b'), 'follows a closing'],
    ['too much', file(...Array.from({ length: 2_001 }, () => '2026-03-02;1;EUR;a')), 'more than 2000'],
  ])('refuses %s', (_what, text, message) => expect(why(text)).toContain(message));

  it('says where in the file it is, also behind empty lines and fields of several lines', () => {
    const text = `\r\n${file('2026-03-02;1;EUR;"one', '', 'two"', '', '2026-03-02;1;EUR;a', 'soon;1;EUR;a')}`;
    const problem = {
      field: 'date',
      line: 8,
      code: 'unreadable',
      message: 'the date is none.',
      expected: expect.stringContaining('2026-03-31'),
    };
    expect(() => readCsv(text)).toThrow(expect.objectContaining({ details: [problem] }));
    const columns = {
      field: 'currency',
      line: 1,
      expected: 'a column named currency, waehrung, währung, devise, moneda, divisa, valuta, waluta',
    };
    expect(() => readCsv('date;amount;text')).toThrow(expect.objectContaining({ details: [expect.objectContaining(columns)] }));
  });

  it('reads what it is given back, whatever the text', () => {
    const texts = fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.constantFrom(';', ',', '\t'), (all, delimiter) => {
        const rows = all.map((text) => ['2026-03-02', '1.50', 'EUR', `"${text.replaceAll('"', '""')}"`].join(delimiter));
        const { entries } = readCsv([['date', 'amount', 'currency', 'text'].join(delimiter), ...rows].join('\r\n'));
        const plain = (text: string): string => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
        return entries.length === all.length && entries.every((entry, index) => entry.text === plain(all[index] ?? ''));
      }),
    );
  });

  it('never fails in another way', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const answer = why(file(text));
        return answer === 'nothing was wrong' || answer.startsWith('The bank statement cannot be read: ');
      }),
    );
  });

  it('tells equal entries apart, and gives the same keys again', () => {
    const text = file('2026-03-02;1;EUR;a', '2026-03-02;1;EUR;a');
    const keys = readCsv(text).entries.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(readCsv(text).entries.map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['half a character of UTF-16', Buffer.from([0xff, 0xfe, 0x64, 0x00, 0x61])],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readStatement(bytes, 'csv')).toThrow(expect.objectContaining({ code: 'bank_statement_unreadable' }));
  });

  it('reads UTF-8 with and without a mark, UTF-16, and what Windows writes', () => {
    const text = file('2026-03-02;1;EUR;Müller');
    const windows = Buffer.from(text, 'latin1');
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), windows, utf16, Buffer.from(utf16).swap16()]) {
      expect(readStatement(bytes, 'csv').entries[0]?.text).toBe('Müller');
    }
  });
});

describe('csvRows', () => {
  it.each([
    [
      'a;b\nc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a;b\r\n\r\nc;',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['"a;""b""";\n', [['a;"b"', '']]],
    ['a\rb', [['a'], ['b']]],
    ['', []],
  ])('splits %p', (text, rows) => expect(csvRows(text, ';', 10).map(({ fields }) => fields)).toEqual(rows));
});

describe('decimalMarkOf', () => {
  it.each([
    [['1'], '.'],
    [['1,5'], ','],
    [['1.234', '5,00'], ','],
    [['1,234', '5.00'], '.'],
    [['1.234.567'], ','],
    [['1,234,567.8'], '.'],
    [['1.234,56'], ','],
  ] as const)('%p → %s', (amounts, mark) => expect(decimalMarkOf(amounts, 2)).toBe(mark));
});

describe('plainDecimal', () => {
  it.each([
    ['1.234,56', ',', '1234.56'],
    ['1234', ',', '1234'],
    ['+5,', ',', '5'],
    ['5-', '.', '-5'],
    ['-5-', '.', undefined],
    ['1,2,3', ',', undefined],
    ['.5', '.', undefined],
    ['12,34.5', '.', undefined],
    ['1e3', '.', undefined],
    ['', '.', undefined],
  ] as const)('%p with %s → %p', (text, mark, decimal) => expect(plainDecimal(text, mark)).toBe(decimal));
});
