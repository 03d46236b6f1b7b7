import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { RecordReceipt } from '../bank-receipts/index.js';
import { ApplyDispute } from '../chargebacks/index.js';
import type { ProviderSubject } from '../providers/index.js';
import { ApplyRefundResult } from '../refunds/index.js';
import { ApplyProviderResult, ConsultProvider, FindProviderTransaction } from '../transactions/index.js';
import type { PaymentAtProvider, TransactionRecord } from '../transactions/index.js';

const SOURCE = 'webhook';

/** Money that came to an account may be for no payment at all. */
type OfPayment = Exclude<ProviderSubject, { kind: 'receipt' }>;

/** What a notification is about, and whether it is ours. */
@Injectable()
export class ApplySubject {
  constructor(
    private readonly find: FindProviderTransaction,
    private readonly consult: ConsultProvider,
    private readonly payments: ApplyProviderResult,
    private readonly refunds: ApplyRefundResult,
    private readonly disputes: ApplyDispute,
    private readonly receipts: RecordReceipt,
  ) {}

  /** Whether a subject is about a transaction of this provider account. Money that came to the account always is its own. */
  async isOurs(scope: TenantScope, providerId: string, subject: ProviderSubject): Promise<boolean> {
    return subject.kind === 'receipt' || (await this.transactionOf(scope, providerId, subject)) !== undefined;
  }

  /**
   * @returns what it did: `moved`, `unchanged`, `contradiction`; of money that came: `assigned`, `listed`, `known`
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
      case 'receipt':
        return this.receipts.fromProvider(scope, providerId, subject.receipt);
    }
  }

  private async transactionOf(scope: TenantScope, providerId: string, subject: OfPayment): Promise<TransactionRecord | undefined> {
    return this.find.execute(scope, paymentOf(providerId, subject));
  }

  /** Nobody may be waiting at a page of ours: a payment the buyer has agreed to is completed from here, too. */
  private async completed(transaction: TransactionRecord): Promise<string> {
    const { heard, transaction: current } = await this.consult.lookUp(transaction, SOURCE);
    if (heard === 'unknown') throw new DomainError('provider_error');
    return current.status === transaction.status ? 'unchanged' : 'moved';
  }
}

function paymentOf(providerId: string, subject: OfPayment): PaymentAtProvider {
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
