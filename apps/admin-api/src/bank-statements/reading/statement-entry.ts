import { createHash } from 'node:crypto';

/** A credit of a bank statement, whatever file it came in. */
export interface StatementEntry {
  /** The same for the same entry, in whatever file it stands. */
  readonly key: string;
  /** Minor units, positive. */
  readonly amount: number;
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly bookedOn: string;
  /** Everything the payer wrote. */
  readonly text: string;
  readonly payerName?: string;
  readonly payerAccount?: string;
}

export interface Statement {
  readonly format: 'camt.053' | 'csv';
  /** IBANs of the accounts the statement is of, as far as it says. */
  readonly accounts: readonly string[];
  readonly entries: readonly StatementEntry[];
  /** Debits, reversals and what is not booked yet. */
  readonly skipped: number;
}

/** An entry as it was read. `ids`: what the bank calls it, as far as it calls it anything. */
export interface RawEntry extends Omit<StatementEntry, 'key'> {
  readonly account?: string;
  readonly ids: readonly string[];
}

export const MOST_ENTRIES = 2_000;
const LONGEST_TEXT = 2_000;
const LONGEST_NAME = 140;
const LONGEST_ACCOUNT = 64;

/**
 * Gives every entry its key. It is made of all that is known of the entry, because banks do not agree on which of their
 * numbers is unique; entries that are equal in everything are told apart by their place among their equals. So a file read
 * again, or one that covers the same days, gives the same keys.
 */
export function withKeys(entries: readonly RawEntry[]): StatementEntry[] {
  const seen = new Map<string, number>();
  return entries.map(({ account, ids, ...raw }) => {
    const entry = {
      ...raw,
      text: plain(raw.text, LONGEST_TEXT) ?? '',
      payerName: plain(raw.payerName, LONGEST_NAME),
      payerAccount: plain(raw.payerAccount, LONGEST_ACCOUNT),
    };
    const { bookedOn, amount, currency, text, payerName, payerAccount } = entry;
    const facts = [account, bookedOn, amount, currency, text, payerName, payerAccount, ...ids];
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 40);
    const place = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, place);
    return { key: `${hash}:${place}`, ...entry };
  });
}

/** On one line, without control characters. */
function plain(text: string | undefined, most: number): string | undefined {
  const clean = text
    ?.replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, most);
  return clean === '' ? undefined : clean;
}
