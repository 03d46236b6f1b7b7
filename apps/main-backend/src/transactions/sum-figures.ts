import type { TransactionFigures } from '@paygate/messages';
import { isPaid } from '@paygate/payments-domain';
import type { DaySum } from '../transaction-tallies/index.js';
import { MANUAL_PROVIDER } from './transaction.js';

type Sum = Pick<DaySum, 'count' | 'amount' | 'refundedAmount'>;

/** The sums of single days seen from three sides. Days and providers without a payment that succeeded are in the attempts only. */
export function sumFigures(days: readonly DaySum[]): TransactionFigures {
  const paid = days.filter(({ status }) => isPaid(status));
  return {
    byStatus: grouped(days, ({ currency, status }) => ({ currency, status })),
    byProvider: grouped(paid, ({ providerId, providerType, currency }) => ({
      ...(providerId === MANUAL_PROVIDER ? {} : { providerId }),
      providerType,
      currency,
    })),
    byDay: grouped(paid, ({ period, currency }) => ({ day: period, currency })),
  };
}

function grouped<K extends object>(sums: readonly DaySum[], keyOf: (sum: DaySum) => K): (K & Sum)[] {
  const groups = new Map<string, K & Sum>();
  for (const sum of sums) {
    const key = keyOf(sum);
    const name = JSON.stringify(key);
    const known = groups.get(name) ?? { ...key, count: 0, amount: 0, refundedAmount: 0 };
    groups.set(name, {
      ...known,
      count: known.count + sum.count,
      amount: known.amount + sum.amount,
      refundedAmount: known.refundedAmount + sum.refundedAmount,
    });
  }
  return [...groups.values()];
}
