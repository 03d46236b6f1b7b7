import { Injectable } from '@nestjs/common';
import { isTransactionUndecided } from '@paygate/payments-domain';
import type { HandOff } from '../providers/index.js';
import { ConsultProvider } from './consult-provider.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import type { BuyerTransactionKey } from './find-buyer-transaction.js';
import { GetTransactionStatus } from './get-transaction-status.js';
import type { TransactionRecord } from './transaction.js';

/** How a buyer goes on with an undecided payment: at `redirectUrl` of the transaction, or with the hand-off on our page. */
export interface WayOn {
  readonly transaction: TransactionRecord;
  readonly handOff?: HandOff;
}

/** A hand-off may hold secrets of the buyer and is never stored, so the provider is asked for it whenever it is shown. */
@Injectable()
export class GoOnPaying {
  constructor(
    private readonly find: FindBuyerTransaction,
    private readonly status: GetTransactionStatus,
    private readonly consult: ConsultProvider,
  ) {}

  /** @throws DomainError transaction_not_found */
  async execute(key: BuyerTransactionKey): Promise<WayOn> {
    const known = await this.find.execute(key);
    if (isSettled(known)) return { transaction: known };
    // A start whose outcome we never learned: the provider may know it, or has to be told again.
    const transaction = known.providerReference === undefined ? await this.status.execute({ ...key, source: 'return' }) : known;
    if (isSettled(transaction) || transaction.providerReference === undefined) return { transaction };
    const { transaction: current, handOff } = await this.consult.lookUp(transaction, 'return');
    return isTransactionUndecided(current.status) ? { transaction: current, handOff } : { transaction: current };
  }
}

function isSettled({ status, redirectUrl }: TransactionRecord): boolean {
  return !isTransactionUndecided(status) || redirectUrl !== undefined;
}
