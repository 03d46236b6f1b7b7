import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { TransactionStatus } from '@paygate/payments-domain';

/** What of a transaction is counted. */
export interface Tallied {
  readonly scope: TenantScope;
  readonly siteId: string;
  readonly providerId: string;
  readonly providerType: string;
  readonly status: TransactionStatus;
  readonly currency: string;
  readonly amount: number;
  readonly refundedAmount: number;
  readonly createdAt: Date;
  /** A deleted transaction counts no more. */
  readonly deletedAt?: Date;
}

/**
 * A sum over transactions that agree in all but the figures. Every row of a cell counts, so a new row is a change: changes are
 * only ever added, which concurrent payments can do without waiting for each other, and folded together later.
 */
export interface TallyRow {
  /** Of a folded row the cell itself, so that there is one of each; of a change anything. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  /**
   * The day the transactions were created, UTC, `YYYY-MM-DD`; or `all` for every day together; or `month-YYYY-MM` for what is
   * folded of a month's days.
   */
  period: string;
  siteId: string;
  providerId: string;
  providerType: string;
  status: TransactionStatus;
  currency: string;
  count: number;
  /** Minor units. */
  amount: number;
  refundedAmount: number;
  /** A change that is not folded yet. */
  fresh?: true;
}

export const ALL_DAYS = 'all';

type Cell = Omit<TallyRow, '_id' | 'count' | 'amount' | 'refundedAmount' | 'fresh'>;

export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The period that the days of a month are summed in. */
export function monthOf(day: string): string {
  return `month-${day.slice(0, 7)}`;
}

/** What a change of a transaction changes about the sums: nothing, or rows to add. Undefined stands for not being there. */
export function tallyChanges(before: Tallied | undefined, after: Tallied | undefined): TallyRow[] {
  const [was, is] = [counted(before), counted(after)];
  const cells = [was, is].filter((cell) => cell !== undefined);
  if (was && is && cellKey(was.cell) === cellKey(is.cell)) {
    if (was.amount === is.amount && was.refundedAmount === is.refundedAmount) return [];
    const change = { count: 0, amount: is.amount - was.amount, refundedAmount: is.refundedAmount - was.refundedAmount };
    return rowsOf(is.cell, change);
  }
  return cells.flatMap((each) => {
    const { cell, amount, refundedAmount } = each;
    return each === is
      ? rowsOf(cell, { count: 1, amount, refundedAmount })
      : rowsOf(cell, { count: -1, amount: -amount, refundedAmount: 0 - refundedAmount });
  });
}

/** Names a cell; also the id of its folded row. */
export function cellKey(cell: Cell): string {
  const { organizationId, livemode, period, siteId, providerId, status, currency } = cell;
  return [organizationId, livemode ? 'live' : 'test', period, siteId, providerId, status, currency].join(':');
}

function counted(transaction: Tallied | undefined): { cell: Cell; amount: number; refundedAmount: number } | undefined {
  if (!transaction || transaction.deletedAt !== undefined) return undefined;
  const { scope, siteId, providerId, providerType, status, currency, amount, refundedAmount, createdAt } = transaction;
  const { organizationId, livemode } = scope;
  const cell = { organizationId, livemode, period: dayOf(createdAt), siteId, providerId, providerType, status, currency };
  return { cell, amount, refundedAmount };
}

/** Once for the day and once for all days. */
function rowsOf(cell: Cell, figures: Pick<TallyRow, 'count' | 'amount' | 'refundedAmount'>): TallyRow[] {
  return [cell.period, ALL_DAYS].map((period) => ({ _id: newObjectId(), ...cell, period, ...figures, fresh: true }));
}
