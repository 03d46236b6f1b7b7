import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import type { TransactionRecord, WordSource } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** What a provider says against the record is kept out, logged as an error and shown in the timeline. */
@Injectable()
export class NoteContradiction {
  constructor(
    private readonly transactions: TransactionsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ id, scope, status, checkoutId, providerId }: TransactionRecord, reason: string, source: WordSource): Promise<void> {
    this.logger.error(
      { transactionId: id, checkoutId, providerId, source, reason },
      'the provider contradicts the record; nothing was changed',
    );
    await this.transactions.addOnce(scope, id, { at: this.clock.now(), type: 'contradiction', status, source, detail: reason });
  }
}
