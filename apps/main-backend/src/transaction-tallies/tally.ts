import { dayOf, mergeSums, tenantFilter } from '@paygate/data-kit';
import type { DailyCell } from '@paygate/data-kit';
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

/** What transactions are summed by, beside tenant and day of creation (UTC). */
export interface TallyDimensions {
  siteId: string;
  providerId: string;
  providerType: string;
  status: TransactionStatus;
  currency: string;
}
export const TALLY_DIMENSIONS = ['siteId', 'providerId', 'providerType', 'status', 'currency'] as const;

/** Amounts in minor units. */
export const TALLY_FIGURES = ['count', 'amount', 'refundedAmount'] as const;
export type TallyFigure = (typeof TALLY_FIGURES)[number];
export type TallySums = Record<TallyFigure, number>;

/** A sum over transactions that agree in all but the figures, on a day; see Rollup. */
export type TallyCell = DailyCell<TallyDimensions, TallyFigure>;

/** What a change of a transaction changes about the sums: nothing, or what to add. Undefined stands for not being there. */
export function tallyChanges(before: Tallied | undefined, after: Tallied | undefined): TallyCell[] {
  return mergeSums(
    [...cellsOf(before, -1), ...cellsOf(after, 1)],
    ['day', 'organizationId', 'livemode', ...TALLY_DIMENSIONS],
    TALLY_FIGURES,
  ) as TallyCell[];
}

function cellsOf(transaction: Tallied | undefined, times: 1 | -1): TallyCell[] {
  if (!transaction || transaction.deletedAt !== undefined) return [];
  const { scope, siteId, providerId, providerType, status, currency, amount, refundedAmount, createdAt } = transaction;
  // Not -0, which the database would keep apart from 0.
  const signed = (figure: number): number => (figure === 0 ? 0 : times * figure);
  const figures = { count: times, amount: signed(amount), refundedAmount: signed(refundedAmount) };
  return [{ ...tenantFilter(scope), day: dayOf(createdAt), siteId, providerId, providerType, status, currency, ...figures }];
}
