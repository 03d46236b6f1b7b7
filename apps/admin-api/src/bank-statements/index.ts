export { BankStatementsModule } from './bank-statements.module.js';
