import { MOST_ENTRIES, withKeys } from './statement-entry.js';
import type { RawEntry, Statement } from './statement-entry.js';
import { minorUnits } from './read-amount.js';
import { unreadable } from './unreadable.js';
import { all, readXml, textAt } from './xml-tree.js';
import type { XmlElement } from './xml-tree.js';

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3])$/;
/** What banks write where there is nothing to write. */
const NO_ID = /^(NOTPROVIDED|NONREF|NOT ?PROVIDED|NOREF)$/i;

/**
 * Reads a bank statement of ISO 20022, camt.053.001.02 to .13. Only booked credits count: what was debited, reversed,
 * returned or is still pending is skipped.
 * @throws DomainError bank_statement_unreadable
 */
export function readCamt053(text: string): Statement {
  const document = readXml(text);
  if (!NAMESPACE.test(document.namespace)) {
    const expected = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02 to .13';
    throw unreadable('it is no camt.053 statement of the versions 02 to 13', { line: document.line, field: 'xmlns', expected });
  }
  const statements = all(document, 'BkToCstmrStmt/Stmt');
  if (statements.length === 0) throw unreadable('there is no statement in it');
  const accounts = new Set<string>();
  const entries: RawEntry[] = [];
  let skipped = 0;
  for (const statement of statements) {
    const account = textAt(statement, 'Acct/Id/IBAN')?.replaceAll(/\s/g, '');
    if (account) accounts.add(account);
    for (const entry of all(statement, 'Ntry')) {
      const credits = creditsOf(entry, account);
      if (credits.length === 0) skipped += 1;
      entries.push(...credits);
      if (entries.length > MOST_ENTRIES)
        throw unreadable(`it has more than ${MOST_ENTRIES} entries; send it in parts`, { line: entry.line });
    }
  }
  return { format: 'camt.053', accounts: [...accounts], entries: withKeys(entries), skipped };
}

/** The credits of one entry: several when the bank booked a batch as one sum and tells its parts. */
function creditsOf(entry: XmlElement, account: string | undefined): RawEntry[] {
  const status = textAt(entry, 'Sts/Cd', 'Sts');
  if (textAt(entry, 'CdtDbtInd') !== 'CRDT' || textAt(entry, 'RvslInd') === 'true') return [];
  if (status !== undefined && status !== 'BOOK') return [];
  const total = amountAt(entry, 'Amt');
  if (!total) throw unreadable('an entry has no amount', { line: entry.line, field: 'Ntry/Amt' });
  const bookedOn = textAt(entry, 'BookgDt/Dt', 'BookgDt/DtTm', 'ValDt/Dt', 'ValDt/DtTm')?.slice(0, 10);
  if (bookedOn === undefined || !isDay(bookedOn)) {
    throw unreadable('an entry has no date', { line: entry.line, field: 'Ntry/BookgDt', expected: 'a day such as 2026-03-31' });
  }
  const base = { bookedOn, account };
  const details = all(entry, 'NtryDtls/TxDtls');
  const parts = details.map((detail) => ({ detail, sum: amountAt(detail, 'Amt', 'AmtDtls/TxAmt/Amt') }));
  const sum = parts.reduce((added, part) => added + (part.sum?.amount ?? Number.NaN), 0);
  if (parts.length > 1 && sum === total.amount && parts.every((part) => part.sum?.currency === total.currency)) {
    return parts.flatMap(({ detail, sum: part }) =>
      isReturn(detail) || !part || part.amount === 0 ? [] : [read(entry, [detail], { ...base, ...part })],
    );
  }
  if (details.some(isReturn) || total.amount === 0) return [];
  return [read(entry, details, { ...base, ...total })];
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Money of the merchant that came back, not money of a buyer. */
function isReturn(detail: XmlElement): boolean {
  return all(detail, 'RtrInf').length > 0;
}

function read(
  entry: XmlElement,
  details: readonly XmlElement[],
  base: Pick<RawEntry, 'amount' | 'currency' | 'bookedOn' | 'account'>,
): RawEntry {
  const of = (path: string): string[] => details.flatMap((detail) => all(detail, path).map(({ text }) => text.trim()));
  const known = (ids: readonly (string | undefined)[]): string[] => ids.filter((id): id is string => !!id && !NO_ID.test(id));
  const [detail] = details;
  return {
    ...base,
    ids: known([textAt(entry, 'AcctSvcrRef'), textAt(entry, 'NtryRef'), ...of('Refs/AcctSvcrRef'), ...of('Refs/TxId')]),
    text: [
      ...of('RmtInf/Strd/CdtrRefInf/Ref'),
      ...of('RmtInf/Ustrd'),
      ...of('RmtInf/Strd/AddtlRmtInf'),
      ...known(of('Refs/EndToEndId')),
      ...of('AddtlTxInf'),
      textAt(entry, 'AddtlNtryInf') ?? '',
    ]
      .filter((part) => part !== '')
      .join(' / '),
    payerName: textAt(detail, 'RltdPties/UltmtDbtr/Nm', 'RltdPties/UltmtDbtr/Pty/Nm', 'RltdPties/Dbtr/Nm', 'RltdPties/Dbtr/Pty/Nm'),
    payerAccount: textAt(detail, 'RltdPties/DbtrAcct/Id/IBAN', 'RltdPties/DbtrAcct/Id/Othr/Id'),
  };
}

function amountAt(element: XmlElement, ...paths: readonly string[]): { amount: number; currency: string } | undefined {
  for (const path of paths) {
    const [found] = all(element, path);
    if (!found) continue;
    const currency = found.attributes['Ccy'] ?? '';
    const amount = minorUnits(found.text.trim(), currency);
    if (amount === undefined) {
      const expected = 'a decimal with a point and a currency of ISO 4217';
      throw unreadable('an amount is none, or is in an unknown currency', { line: found.line, field: path, expected });
    }
    return { amount, currency };
  }
  return undefined;
}
