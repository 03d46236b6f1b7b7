export { FoldTallies } from './fold-tallies.js';
export { TalliesOfAllTenants } from './tallies-of-all-tenants.repository.js';
export { TransactionTallies } from './transaction-tallies.repository.js';
export type { SumsOfDays, TallyFilter } from './transaction-tallies.repository.js';
export { TransactionTalliesModule } from './transaction-tallies.module.js';
