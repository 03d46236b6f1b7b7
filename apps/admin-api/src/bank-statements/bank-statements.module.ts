import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { ProvidersModule } from '../providers/index.js';
import { BankStatementsController } from './bank-statements.controller.js';
import { ImportBankStatement } from './import-bank-statement.js';
import { StatementBodies } from './statement-bodies.js';

@Module({
  imports: [ChangesModule, ProvidersModule],
  controllers: [BankStatementsController],
  providers: [ImportBankStatement, StatementBodies],
})
export class BankStatementsModule {}
