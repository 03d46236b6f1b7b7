import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyKeys, Transactions } from '@paygate/data-kit';
import { DomainError, newObjectId, randomToken } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { CreatedTransaction, CreateManualTransactionCommand, SiteSnapshot, TransactionView } from '@paygate/messages';
import type { ClientSession } from 'mongoose';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { NewCheckout } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { definedFields } from '../queries/index.js';
import { DecideTax, RecordTax } from '../transaction-taxes/index.js';
import type { TaxVerdict } from '../transaction-taxes/index.js';
import { newTransactionId } from './new-transaction-id.js';
import { presentTransaction } from './present-transaction.js';
import { MANUAL_PROVIDER } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

const OPERATION = 'transaction.create-manual';

/**
 * Records a payment made outside the platform. It gets a checkout of its own, completed from the start: so it is told, found,
 * invoiced and counted like every other payment, and the older open checkouts of the same order are closed.
 */
@Injectable()
export class CreateManualTransaction {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly tax: DecideTax,
    private readonly recordTax: RecordTax,
    private readonly database: Transactions,
    private readonly idempotency: IdempotencyKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError site_not_found, site_inactive, organization_suspended, validation_failed, and what `IdempotencyKeys.once` throws */
  async execute(command: CreateManualTransactionCommand): Promise<CreatedTransaction> {
    const scope = tenantScopeOf(command);
    const site = await this.configuration.activeSite(scope, command.siteId);
    const { idempotency } = command;
    const now = this.clock.now();
    const paidAt = command.paidAt === undefined ? now : new Date(command.paidAt);
    if (paidAt > now) throw notYetPaid();
    const checkout = newCheckout(command, now);
    // The money is there already, so nothing about its tax refuses it.
    const tax = await this.tax.forPastSale(scope, checkout, paidAt);
    return this.database.run(async (session) => {
      const record = (): Promise<TransactionView> => this.record(scope, site, { command, checkout, paidAt, tax }, session);
      if (!idempotency) return { transaction: await record(), replayed: false };
      const claim = { scope, operation: OPERATION, key: idempotency.key, requestHash: idempotency.requestHash };
      const { result, replayed } = await this.idempotency.once(session, claim, record);
      return { transaction: result, replayed };
    });
  }

  private async record(
    scope: TenantScope,
    site: SiteSnapshot,
    { command, checkout, paidAt, tax }: ManualPayment,
    session: ClientSession,
  ): Promise<TransactionView> {
    const { createdAt: now } = checkout;
    const id = newTransactionId(now);
    await this.checkouts.insert(scope, checkout, session);
    const completed = { to: 'completed', transactionId: id, completedAt: paidAt } as const;
    await this.checkouts.move(scope, { id: checkout.id, status: 'open' }, completed, now, session);
    if (site.supersedeOpenCheckouts && checkout.externalReference !== undefined) {
      await this.checkouts.supersedeOlder(scope, checkout, session);
    }
    const { sessionPublicId, siteId, amount, currency, externalReference, invoiceNumber, clientId, email } = checkout;
    const { billingAddress, metadata, ipnUrl } = checkout;
    const references = { externalReference, invoiceNumber, clientId, email, billingAddress, metadata, ipnUrl };
    const provider = { providerId: MANUAL_PROVIDER, providerType: MANUAL_PROVIDER };
    const taxVersion = await this.recordTax.execute(scope, id, tax, now, session);
    const transaction = await this.transactions.insert(
      scope,
      { id, checkoutId: checkout.id, sessionPublicId, siteId, ...provider, amount, currency, ...references, taxVersion, createdAt: now },
      {
        timeline: { at: now, type: 'recorded', status: 'succeeded', source: 'operator', detail: command.note },
        paymentMethod: { type: command.method },
        succeededAt: paidAt,
      },
      session,
    );
    return presentTransaction(transaction);
  }
}

interface ManualPayment {
  command: CreateManualTransactionCommand;
  checkout: NewCheckout;
  paidAt: Date;
  tax?: TaxVerdict;
}

function newCheckout(command: CreateManualTransactionCommand, now: Date): NewCheckout {
  const { siteId, amount, currency, description, vatRate, metadata = {} } = command;
  const { email, ipnUrl, externalReference, invoiceNumber, clientId, billingAddress } = command;
  const item = {
    name: description ?? externalReference ?? invoiceNumber ?? 'Payment',
    quantity: 1,
    unitPrice: amount,
    vatRate,
    itemType: 'goods',
  };
  return {
    ...{ id: newObjectId(now), sessionPublicId: randomToken(24), shortCode: randomToken(10) },
    ...{
      siteId,
      amount,
      currency,
      items: [definedFields(item)],
      metadata,
      email,
      ipnUrl,
      externalReference,
      invoiceNumber,
      clientId,
      billingAddress,
    },
    expiresAt: now,
    createdAt: now,
  };
}

function notYetPaid(): DomainError {
  const expected = 'an instant that is not in the future';
  return DomainError.invalid({ field: 'paidAt', code: 'paid_at', message: `paidAt must be ${expected}.`, expected });
}
