import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { ApplyDispute } from '../chargebacks/index.js';
import type { ProviderSubject } from '../providers/index.js';
import { ApplyRefundResult } from '../refunds/index.js';
import { ApplyProviderResult, ConsultProvider, FindProviderTransaction } from '../transactions/index.js';
import type { PaymentAtProvider, TransactionRecord } from '../transactions/index.js';

const SOURCE = 'webhook';

/** What a notification is about, and whether it is ours. */
@Injectable()
export class ApplySubject {
  constructor(
    private readonly find: FindProviderTransaction,
    private readonly consult: ConsultProvider,
    private readonly payments: ApplyProviderResult,
    private readonly refunds: ApplyRefundResult,
    private readonly disputes: ApplyDispute,
  ) {}

  /** The transaction a subject is about, of this provider account only. */
  async transactionOf(scope: TenantScope, providerId: string, subject: ProviderSubject): Promise<TransactionRecord | undefined> {
    return this.find.execute(scope, paymentOf(providerId, subject));
  }

  /**
   * @returns what it did: `moved`, `unchanged`, `contradiction`
   * @throws what has to be applied again later
   */
  async execute(scope: TenantScope, providerId: string, subject: ProviderSubject): Promise<string> {
    switch (subject.kind) {
      case 'payment': {
        const transaction = await this.transactionOf(scope, providerId, subject);
        if (!transaction) throw new DomainError('transaction_not_found');
        const { payment } = subject;
        if (payment.awaitsCompletion) return this.completed(transaction);
        return (await this.payments.execute({ scope, providerId, transactionId: transaction.id, payment, source: SOURCE })).outcome;
      }
      case 'refund':
        return this.refunds.execute({ scope, providerId, refund: subject.refund, source: SOURCE });
      case 'dispute':
        return this.disputes.execute({ scope, providerId, dispute: subject.dispute, source: SOURCE });
    }
  }

  /** Nobody may be waiting at a page of ours: a payment the buyer has agreed to is completed from here, too. */
  private async completed(transaction: TransactionRecord): Promise<string> {
    const { heard, transaction: current } = await this.consult.lookUp(transaction, SOURCE);
    if (heard === 'unknown') throw new DomainError('provider_error');
    return current.status === transaction.status ? 'unchanged' : 'moved';
  }
}

function paymentOf(providerId: string, subject: ProviderSubject): PaymentAtProvider {
  switch (subject.kind) {
    case 'payment': {
      const { transactionId, reference: paymentReference } = subject.payment;
      return { providerId, transactionId, paymentReference };
    }
    case 'refund': {
      const { transactionId, paymentReference } = subject.refund;
      return { providerId, transactionId, paymentReference };
    }
    case 'dispute': {
      const { transactionId, paymentReference } = subject.dispute;
      return { providerId, transactionId, paymentReference };
    }
  }
}
