import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import type { ProviderWord } from '@paygate/payments-domain';
import type { Logger } from 'pino';
import { Configuration } from '../configuration/index.js';
import { ProviderGateway } from '../providers/index.js';
import type { CallOutcome, HandOff, PaymentWanted, ProviderAccount, ProviderPayment } from '../providers/index.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import type { ProviderResult } from './apply-provider-result.js';
import { CompletePayment } from './complete-payment.js';
import type { TransactionRecord, WordSource } from './transaction.js';

/** What asking the provider brought. */
export interface Consultation {
  /** `never`: the provider has no such payment. `unknown`: it could not be asked. */
  heard: 'yes' | 'never' | 'unknown';
  word?: ProviderWord;
  /** How the buyer goes on at our page; never stored. */
  handOff?: HandOff;
  /** As it stands after the answer was applied. */
  transaction: TransactionRecord;
}

/** Asks a transaction's provider, and applies what it says. */
@Injectable()
export class ConsultProvider {
  constructor(
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly apply: ApplyProviderResult,
    private readonly complete: CompletePayment,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /** How the payment stands. One the buyer has agreed to is completed. */
  async lookUp(transaction: TransactionRecord, source: WordSource): Promise<Consultation> {
    return this.consult(transaction, source, (account) => this.gateway.lookUpPayment(account, wanted(transaction)));
  }

  /** Asks to cancel; the payment may have succeeded meanwhile. */
  async cancel(transaction: TransactionRecord, reference: string, source: WordSource): Promise<Consultation> {
    // Where we take the money ourselves the provider's "cancelled" is a promise of ours, void once we have begun to take it.
    const onlyWhile = this.gateway.completes(transaction.providerType) ? 'initiated' : undefined;
    return this.consult(transaction, source, (account) => this.gateway.cancelPayment(account, reference, wanted(transaction)), onlyWhile);
  }

  private async consult(
    transaction: TransactionRecord,
    source: WordSource,
    ask: (account: ProviderAccount) => Promise<CallOutcome<ProviderPayment | undefined>>,
    onlyWhile?: ProviderResult['onlyWhile'],
  ): Promise<Consultation> {
    const { id, scope, providerId } = transaction;
    const account = this.configuration.account(providerId);
    if (!account) {
      this.logger.error({ transactionId: id, providerId }, 'the provider of an undecided payment is no longer configured');
      return { heard: 'unknown', transaction };
    }
    const outcome = await ask(account);
    if (outcome.kind !== 'answered') return { heard: 'unknown', transaction };
    const { payment } = outcome;
    if (!payment) return { heard: 'never', transaction };
    const applied = await this.apply.execute({ scope, providerId, transactionId: id, payment, source, onlyWhile });
    if (payment.awaitsCompletion) {
      const completed = await this.complete.execute(applied.transaction, payment, source);
      return { heard: 'yes', word: completed.word, transaction: completed.transaction };
    }
    return { heard: 'yes', word: payment.word, handOff: payment.handOff, transaction: applied.transaction };
  }
}

function wanted({ id, providerReference, amount, currency }: TransactionRecord): PaymentWanted {
  return { transactionId: id, reference: providerReference, amount, currency };
}
