import { FoldTallies, TalliesOfAllTenants } from '../../src/transaction-tallies/index.js';
import type { MainStack } from './main-stack.js';

/** What the transactions of every tenant come to: as it was kept while they changed, and as counting them all anew gives it. */
export async function talliesOf(stack: MainStack): Promise<{ kept: object[]; counted: object[] }> {
  await stack.app.get(FoldTallies).execute();
  const kept = await sums(stack);
  await stack.app.get(TalliesOfAllTenants).rebuild('transactions');
  return { kept, counted: await sums(stack) };
}

async function sums({ database }: MainStack): Promise<object[]> {
  const cell = ['organizationId', 'period', 'siteId', 'providerId', 'status', 'currency'];
  const _id = Object.fromEntries(cell.map((field) => [field, `$${field}`]));
  const figures = { count: { $sum: '$count' }, amount: { $sum: '$amount' }, refundedAmount: { $sum: '$refundedAmount' } };
  const nothing = { count: 0, amount: 0, refundedAmount: 0 };
  return database
    .collection('transaction_tallies')
    .aggregate([{ $group: { _id, ...figures } }, { $match: { $nor: [nothing] } }, { $sort: { _id: 1 } }])
    .toArray();
}
