import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import type { Clock } from '@paygate/kernel';
import type { Address, ProviderSnapshot } from '@paygate/messages';
import type { ClientSession } from 'mongoose';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { RecordTax } from '../transaction-taxes/index.js';
import type { TaxVerdict } from '../transaction-taxes/index.js';
import { newTransactionId } from './new-transaction-id.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** An attempt to pay a checkout through one provider. */
export interface Attempt {
  checkout: CheckoutRecord;
  provider: Pick<ProviderSnapshot, 'id' | 'type' | 'label'>;
  billingAddress?: Address;
  email?: string;
  /** The language in which the buyer reads. */
  locale?: string;
  /** Absent while tax is not enabled. */
  tax?: TaxVerdict;
  /** Why this provider, for the merchant. */
  explanation?: string;
  /** The attempt before it, which its provider refused for certain. */
  after?: TransactionRecord;
}

/**
 * Writes an attempt down before its provider hears of it: the checkout is taken and the attempt exists, with what was decided
 * about its tax, or nothing of it.
 */
@Injectable()
export class RecordAttempt {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly recordTax: RecordTax,
    private readonly database: Transactions,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined when the checkout is not open any more. */
  async execute(attempt: Attempt): Promise<TransactionRecord | undefined> {
    const { checkout, provider, explanation, after, tax } = attempt;
    const now = this.clock.now();
    const { scope } = checkout;
    const id = newTransactionId(now);
    const first = {
      nextLookUpAt: new Date(now.getTime() + this.config.RECONCILE_AFTER_MS),
      timeline: { at: now, type: 'created', status: 'initiated', source: 'buyer', detail: detailOf(explanation, after) },
    } as const;
    return this.database.run(async (session) => {
      if (!(await this.checkouts.beginAttempt(scope, checkout.id, id, now, session))) return undefined;
      if (after) await this.notePassedOn(after, provider.id, id, now, session);
      const taxVersion = await this.recordTax.execute(scope, id, tax, now, session);
      const fields = {
        id,
        checkoutId: checkout.id,
        sessionPublicId: checkout.sessionPublicId,
        siteId: checkout.siteId,
        providerId: provider.id,
        providerType: provider.type,
        amount: checkout.amount,
        currency: checkout.currency,
        externalReference: checkout.externalReference,
        invoiceNumber: checkout.invoiceNumber,
        clientId: checkout.clientId,
        email: attempt.email ?? checkout.email,
        billingAddress: attempt.billingAddress ?? checkout.billingAddress,
        locale: attempt.locale,
        metadata: checkout.metadata,
        ipnUrl: checkout.ipnUrl,
        taxVersion,
        createdAt: now,
      };
      return this.transactions.insert(scope, fields, first, session);
    });
  }

  private async notePassedOn(refused: TransactionRecord, to: string, as: string, now: Date, session: ClientSession): Promise<void> {
    const detail = `to provider ${to} as transaction ${as}`;
    const entry = { at: now, type: 'passed_on', status: refused.status, source: 'buyer', detail } as const;
    await this.transactions.addOnce(refused.scope, refused.id, entry, session);
  }
}

function detailOf(explanation: string | undefined, after: TransactionRecord | undefined): string | undefined {
  const origin = after && `after provider ${after.providerId} refused transaction ${after.id}`;
  return [origin, explanation].filter((part) => part !== undefined).join(': ') || undefined;
}
