import { Module } from '@nestjs/common';
import { GetTransaction } from './get-transaction.js';
import { ListTransactions } from './list-transactions.js';
import { TransactionsController } from './transactions.controller.js';

@Module({ controllers: [TransactionsController], providers: [ListTransactions, GetTransaction] })
export class TransactionsModule {}
