import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import fc from 'fast-check';
import { readCamt053 } from './read-camt053.js';
import type { StatementEntry } from './statement-entry.js';
import { readStatement } from './read-statement.js';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.';
const statement = (entries: string, version = '02', prolog = '<?xml version="1.0" encoding="UTF-8"?>'): string => `${prolog}
<Document xmlns="${NAMESPACE}${version}"><BkToCstmrStmt><GrpHdr><MsgId>m1</MsgId></GrpHdr><Stmt><Id>s1</Id>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`;

const details = (
  text = 'RF18KMNPQRSTVWXY',
  more = '',
): string => `<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${more}
<RltdPties><Dbtr><Nm>Ada Lovelace</Nm></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls>`;

const entry = (
  changes: { amount?: string; currency?: string; sign?: string; status?: string; inside?: string; date?: string } = {},
): string => {
  const { amount = '49.00', currency = 'EUR', sign = 'CRDT', status = 'BOOK', inside = details(), date = '<Dt>2026-03-02</Dt>' } = changes;
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts>${status}</Sts>
<BookgDt>${date}</BookgDt><AcctSvcrRef>2026030212345</AcctSvcrRef>${inside}</Ntry>`;
};
const read = (entries: string, version?: string): StatementEntry[] => [...readCamt053(statement(entries, version)).entries];
const why = (text: string): string => {
  try {
    readCamt053(text);
    return 'nothing was wrong';
  } catch (error) {
    return error instanceof DomainError && error.code === 'bank_statement_unreadable' ? error.message : String(error);
  }
};

describe('readCamt053', () => {
  it('reads a credit', () => {
    expect(readCamt053(statement(entry()))).toEqual({
      format: 'camt.053',
      accounts: ['DE89370400440532013000'],
      skipped: 0,
      entries: [
        {
          key: expect.stringMatching(/^[0-9a-f]{40}:1$/),
          amount: 4900,
          currency: 'EUR',
          bookedOn: '2026-03-02',
          text: 'RF18KMNPQRSTVWXY',
          payerName: 'Ada Lovelace',
          payerAccount: 'NL91ABNA0417164300',
        },
      ],
    });
  });

  it.each(['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'])('reads version %s', (version) => {
    expect(read(entry(), version)).toHaveLength(1);
  });

  it('reads how newer versions write it', () => {
    const inside = details().replaceAll(/<Dbtr>(.*)<\/Dbtr>/g, '<Dbtr><Pty>$1</Pty></Dbtr>');
    const newer = entry({ status: '<Cd>BOOK</Cd>', inside, date: '<DtTm>2026-03-02T09:30:00+01:00</DtTm>' });
    expect(read(newer, '08')).toMatchObject([{ amount: 4900, bookedOn: '2026-03-02', payerName: 'Ada Lovelace' }]);
  });

  it('reads a prefixed namespace, entities and CDATA', () => {
    const plain = statement(entry({ inside: details('R&amp;D &#x52;F18 <![CDATA[<KMNP>]]>') }));
    const prefixed = plain
      .replaceAll(/<(\/?)([A-Z])/g, '<$1c:$2')
      .replace('xmlns=', 'xmlns:c=')
      .replace('<![c:CDATA', '<![CDATA')
      .replace('[<c:KMNP', '[<KMNP');
    expect(readCamt053(prefixed).entries).toMatchObject([{ text: 'R&D RF18 <KMNP>' }]);
  });

  it('takes the structured reference, and what banks put elsewhere', () => {
    const inside = `<NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs><RmtInf><Strd><CdtrRefInf><Ref>RF18KMNPQRSTVWXY</Ref></CdtrRefInf></Strd></RmtInf>
<AddtlTxInf>more</AddtlTxInf></TxDtls></NtryDtls><AddtlNtryInf>Credit transfer</AddtlNtryInf>`;
    expect(read(entry({ inside }))[0]?.text).toBe('RF18KMNPQRSTVWXY / E2E-1 / more / Credit transfer');
    expect(read(entry({ inside: '' }))[0]?.text).toBe('');
  });

  it.each([
    ['a debit', { sign: 'DBIT' }],
    ['what is not booked yet', { status: 'PDNG' }],
    ['what is only announced', { status: '<Cd>INFO</Cd>' }],
    ['a reversal', { inside: `<RvslInd>true</RvslInd>${details()}` }],
    ['a returned transfer of ours', { inside: details('x', '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>') }],
    ['nothing', { amount: '0.00' }],
  ])('skips %s', (_what, changes) => {
    expect(readCamt053(statement(entry(changes)))).toMatchObject({ entries: [], skipped: 1 });
  });

  it.each([
    ['10', 'EUR', 1000],
    ['10.5', 'EUR', 1050],
    ['10.50000', 'EUR', 1050],
    ['1234567890123.45', 'EUR', 123456789012345],
    ['5000', 'JPY', 5000],
    ['1.250', 'KWD', 1250],
  ])('reads %s %s', (amount, currency, minor) => {
    expect(read(entry({ amount, currency }))[0]).toMatchObject({ amount: minor, currency });
  });

  describe('a batch', () => {
    const part = (amount: string, text: string, more = ''): string =>
      `<TxDtls>${more}<AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`;
    const batch = (amount: string, ...parts: string[]): string => entry({ amount, inside: `<NtryDtls>${parts.join('')}</NtryDtls>` });

    it('is read in its parts', () => {
      expect(read(batch('49.00', part('19.00', 'one'), part('30.00', 'two')))).toMatchObject([
        { amount: 1900, text: 'one' },
        { amount: 3000, text: 'two' },
      ]);
    });

    it('stays whole when its parts do not add up', () => {
      expect(read(batch('49.00', part('19.00', 'one'), part('29.00', 'two')))).toMatchObject([{ amount: 4900, text: 'one / two' }]);
    });

    it('leaves out what came back', () => {
      expect(read(batch('49.00', part('19.00', 'one'), part('30.00', 'two', '<RtrInf/>')))).toMatchObject([{ amount: 1900 }]);
    });
  });

  describe('keys', () => {
    it('are the same in every reading, and other ones for every entry', () => {
      const text = entry() + entry({ amount: '50.00' }) + entry() + entry({ inside: details('another') });
      const keys = read(text).map(({ key }) => key);
      expect(new Set(keys).size).toBe(4);
      expect(read(text).map(({ key }) => key)).toEqual(keys);
      expect(keys[2]).toBe(keys[0]?.replace(/:1$/, ':2'));
    });

    it('do not depend on what else is in the file', () => {
      const alone = read(entry())[0]?.key;
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 5000, max: 9999 }), { maxLength: 5 }), fc.nat(5), (others, at) => {
          const texts = others.map((amount) => entry({ amount: `${amount}.00` }));
          texts.splice(Math.min(at, texts.length), 0, entry());
          return read(texts.join('')).some(({ key }) => key === alone);
        }),
        { numRuns: 30 },
      );
    });
  });

  describe('refuses', () => {
    it.each([
      ['another message', statement('').replaceAll('camt.053', 'camt.052'), 'no camt.053'],
      ['a version it does not know', statement('', '01'), 'no camt.053'],
      ['a later version', statement('', '14'), 'no camt.053'],
      ['no namespace', statement('').replace(/ xmlns="[^"]*"/, ''), 'no camt.053'],
      ['other XML', '<html/>', 'no camt.053'],
      ['no statement', `<Document xmlns="${NAMESPACE}02"><BkToCstmrStmt/></Document>`, 'no statement'],
      ['nothing', '', 'not well-formed|empty'],
      ['text', 'Hello', 'not well-formed'],
      ['half a file', statement(entry()).slice(0, -40), 'not well-formed'],
      ['two roots', `${statement('')}<Document/>`, 'not well-formed'],
      ['an unknown entity', statement(entry({ inside: details('&bank;') })), 'not well-formed'],
      ['an entity of HTML', statement(entry({ inside: details('&auml;') })), 'not well-formed'],
      ['no amount', statement(entry({ amount: 'much' })), 'an amount is none'],
      ['a comma', statement(entry({ amount: '49,00' })), 'an amount is none'],
      ['no currency', statement(entry({ currency: '' })), 'unknown currency'],
      ['too many decimals', statement(entry({ amount: '49.001' })), 'an amount is none'],
      ['no date', statement(entry({ date: '' })), 'no date'],
      ['a date that is none', statement(entry({ date: '<Dt>soon</Dt>' })), 'no date'],
      ['a date in words', statement(entry({ date: '<Dt>Mar 2 2026</Dt>' })), 'no date'],
      ['a day that is none', statement(entry({ date: '<Dt>2026-02-30</Dt>' })), 'no date'],
      ['too many entries', statement(entry({ inside: '' }).repeat(2_001)), 'more than 2000'],
      ['too deep a tree', statement('<a>'.repeat(60) + '</a>'.repeat(60)), 'too large'],
    ])('%s', (_what, text, message) => expect(why(text)).toMatch(new RegExp(message)));

    it.each([
      ['entities that grow', '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'],
      ['a file of ours', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
      ['an address', '<!DOCTYPE d SYSTEM "http://127.0.0.1/evil.dtd">'],
    ])('%s', (_what, doctype) => {
      const text = statement(entry({ inside: details('&b;&x;') }), '02', `<?xml version="1.0"?>${doctype}`);
      expect(why(text)).toContain('document type');
    });

    it.each([
      ['an amount', entry() + entry({ amount: 'much' }), { line: 6, field: 'Amt' }],
      ['a date', entry() + entry({ date: '' }), { line: 6, field: 'Ntry/BookgDt', expected: 'a day such as 2026-03-31' }],
      ['what is not well-formed', entry().replace('</Amt>', ''), { field: 'body' }],
    ])('and says where: %s', (_what, entries, problem) => {
      const details = [expect.objectContaining({ line: expect.any(Number), ...problem })];
      expect(() => readCamt053(statement(entries))).toThrow(expect.objectContaining({ code: 'bank_statement_unreadable', details }));
    });

    it('everything else with the same code, and never fails otherwise', () => {
      const whole = statement(entry() + entry({ amount: '1.00' }));
      fc.assert(
        fc.property(fc.nat(whole.length), fc.string({ maxLength: 10 }), fc.nat(20), (at, text, cut) => {
          const changed = whole.slice(0, at) + text + whole.slice(at + cut);
          const answer = why(changed);
          return answer === 'nothing was wrong' || answer.startsWith('The bank statement cannot be read: ');
        }),
      );
    });
  });

  describe('encodings', () => {
    const german = statement(entry({ inside: details('Müller') }), '02', '<?xml version="1.0" encoding="ISO-8859-1"?>');
    it('reads the declared one', () => {
      const utf16 = Buffer.from(`\uFEFF${german.replace('ISO-8859-1', 'UTF-16')}`, 'utf16le');
      expect(readStatement(utf16, 'xml').entries[0]?.text).toBe('Müller');
      expect(readStatement(Buffer.from(german, 'latin1'), 'xml').entries[0]?.text).toBe('Müller');
      expect(readStatement(Buffer.from(`\uFEFF${statement(entry({ inside: details('Müller') }))}`), 'xml').entries[0]?.text).toBe('Müller');
    });

    it.each([
      ['bytes of another one', Buffer.from(german.replace('ISO-8859-1', 'UTF-8'), 'latin1')],
      ['one that does not exist', Buffer.from(german.replace('ISO-8859-1', 'EBCDIC-12'))],
    ])('refuses %s', (_what, bytes) => expect(() => readStatement(bytes, 'xml')).toThrow('is not valid'));
  });
});
