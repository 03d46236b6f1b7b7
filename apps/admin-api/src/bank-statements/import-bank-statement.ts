import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { importBankEntries } from '@paygate/messages';
import type { ImportedBankEntries } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { ProviderCredentials, ProvidersRepository } from '../providers/index.js';
import { tenantRequest } from '../upstream/index.js';
import type { ImportedEntryResponse, ImportedStatementResponse } from './dto/imported-statement.response.js';
import { readStatement } from './reading/read-statement.js';
import type { Statement, StatementEntry } from './reading/statement-entry.js';
import { unreadable } from './reading/unreadable.js';

/** Small enough for one message and its deadline. */
const ENTRIES_AT_ONCE = 50;

/** Takes in a bank statement. What was taken in before is known again, so a repetition, whole or in part, changes nothing. */
@Injectable()
export class ImportBankStatement {
  constructor(
    private readonly providers: ProvidersRepository,
    private readonly credentials: ProviderCredentials,
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `bank_statement_unreadable`, `provider_not_found`, `provider_not_available` */
  async execute(scope: TenantScope, providerId: string, bytes: Buffer, kind: 'xml' | 'csv'): Promise<ImportedStatementResponse> {
    const statement = readStatement(bytes, kind);
    await this.requireOwnAccount(scope, providerId, statement);
    const intent = { action: 'bank_statement.imported', scope, resource: { type: 'provider', id: providerId } } as const;
    const { entries, failure } = await this.changes.elsewhere({
      intent,
      ask: () => this.takeIn(scope, providerId, statement.entries),
      deed: (done) => ({
        ...intent,
        after: { ...(done.failure === undefined ? {} : { complete: false }), ...summaryOf(statement, done.entries) },
      }),
    });
    if (failure !== undefined) throw failure;
    return { ...summaryOf(statement, entries), entries };
  }

  /** What was taken in before a failure stays, and a repetition takes in the rest. The audit log must not miss it. */
  private async takeIn(scope: TenantScope, providerId: string, all: readonly StatementEntry[]): Promise<TakenIn> {
    const entries: ImportedEntryResponse[] = [];
    try {
      for (let at = 0; at < all.length; at += ENTRIES_AT_ONCE) {
        entries.push(...(await this.send(scope, providerId, all.slice(at, at + ENTRIES_AT_ONCE))));
      }
      return { entries };
    } catch (error) {
      if (entries.length === 0 || !(error instanceof Error)) throw error;
      return { entries, failure: error };
    }
  }

  private async send(scope: TenantScope, providerId: string, part: readonly StatementEntry[]): Promise<ImportedEntryResponse[]> {
    const entries = part.map((entry) => ({ ...entry, bookedOn: `${entry.bookedOn}T00:00:00.000Z` }));
    const { outcomes } = await this.rpc.request(importBankEntries, tenantRequest(scope, { providerId, entries }));
    return part.flatMap((entry, index) => present(entry, outcomes[index]));
  }

  /** A statement of another account would only fill the list of what cannot be matched. */
  private async requireOwnAccount(scope: TenantScope, providerId: string, { accounts }: Statement): Promise<void> {
    const provider = await this.providers.find(scope, providerId);
    // Unknown ones are refused by main-backend, which knows what takes bank transfers.
    if (!provider) return;
    const { iban } = this.credentials.openIfReadable(providerId, provider.credentials);
    if (iban !== undefined && accounts.some((account) => account !== iban)) {
      throw unreadable('it is of another account than the provider', { field: 'Stmt/Acct/Id/IBAN', expected: iban });
    }
  }
}

interface TakenIn {
  entries: ImportedEntryResponse[];
  /** What the rest failed with. */
  failure?: Error;
}

type Summary = Omit<ImportedStatementResponse, 'entries'>;

function summaryOf({ format, skipped }: Statement, entries: readonly ImportedEntryResponse[]): Summary {
  const count = (wanted: string): number => entries.filter(({ outcome }) => outcome === wanted).length;
  return { format, assigned: count('assigned'), listed: count('listed'), known: count('known'), skipped };
}

function present(
  { amount, currency, bookedOn }: StatementEntry,
  outcome: ImportedBankEntries['outcomes'][number] | undefined,
): ImportedEntryResponse[] {
  if (!outcome) return [];
  const { receiptId, transactionId, reason } = outcome;
  return [{ receiptId, outcome: outcome.outcome, amount, currency, bookedOn, transactionId, reason }];
}
