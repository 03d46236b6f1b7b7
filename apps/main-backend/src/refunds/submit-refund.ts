import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Configuration } from '../configuration/index.js';
import { ProviderGateway } from '../providers/index.js';
import { TransactionsRepository } from '../transactions/index.js';
import type { WordSource } from '../transactions/index.js';
import { ApplyRefundResult } from './apply-refund-result.js';
import type { RefundRecord } from './refund.js';

/**
 * Hands a recorded refund to its provider, under the refund's id as idempotency key: doing it again sends nothing twice.
 * What cannot be known now is found out by the reconcile sweep.
 */
@Injectable()
export class SubmitRefund {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly apply: ApplyRefundResult,
  ) {}

  async execute(refund: RefundRecord, source: WordSource): Promise<void> {
    const { scope, id: refundId, transactionId, providerId, amount, currency, reason } = refund;
    const account = this.configuration.account(providerId);
    const transaction = await this.transactions.findById(scope, transactionId);
    if (!account || transaction?.providerReference === undefined) throw new DomainError('provider_not_available');
    const { providerReference: paymentReference } = transaction;
    const request = { refundId, transactionId, paymentReference, amount, currency, reason };
    const outcome = await this.gateway.createRefund(account, request);
    switch (outcome.kind) {
      case 'answered':
        await this.apply.execute({ scope, providerId, refund: { ...outcome.refund, refundId }, source });
        return;
      case 'refused':
        await this.apply.concludeRefused(refund, outcome.failure, source);
        return;
      case 'unknown':
        return;
    }
  }
}
