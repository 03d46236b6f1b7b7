import { Injectable } from '@nestjs/common';
import { isObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** What a provider's report says of the payment it is about. */
export interface PaymentAtProvider {
  /** The provider account that reports. */
  readonly providerId: string;
  readonly transactionId?: string;
  readonly paymentReference: string;
}

/** Finds the transaction a provider account speaks of, among its own only. */
@Injectable()
export class FindProviderTransaction {
  constructor(private readonly transactions: TransactionsRepository) {}

  /** By our id when the report carries it, else by the payment's id at the provider. */
  async execute(
    scope: TenantScope,
    { providerId, transactionId, paymentReference }: PaymentAtProvider,
  ): Promise<TransactionRecord | undefined> {
    const named =
      transactionId !== undefined && isObjectId(transactionId) ? await this.transactions.findById(scope, transactionId) : undefined;
    if (named) return named.providerId === providerId ? named : undefined;
    return paymentReference === '' ? undefined : this.transactions.findByProviderReference(scope, providerId, paymentReference);
  }
}
