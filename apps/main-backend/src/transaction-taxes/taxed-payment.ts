import type { TenantScope } from '@paygate/kernel';
import { isPaid, takesMoney } from '@paygate/payments-domain';
import type { ChargebackStatus, RefundStatus, TransactionStatus } from '@paygate/payments-domain';

/** What of a transaction decides about its tax. Amounts in minor units. */
export interface TaxedPayment {
  readonly id: string;
  readonly scope: TenantScope;
  readonly siteId: string;
  readonly checkoutId: string;
  readonly clientId?: string;
  readonly invoiceNumber?: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: TransactionStatus;
  readonly succeededAt?: Date;
  readonly deletedAt?: Date;
  readonly updatedAt: Date;
  /** Of the decision that holds; absent when none was made because tax was not enabled. */
  readonly taxVersion?: number;
  readonly refunds: readonly { readonly id: string; readonly status: RefundStatus; readonly amount: number; readonly at?: Date }[];
  readonly chargebacks: readonly {
    readonly id: string;
    readonly status: ChargebackStatus;
    readonly amount?: number;
    readonly currency?: string;
    readonly at?: Date;
  }[];
}

/** Money of a payment that is with the buyer again, or that the buyer's bank has taken. */
export interface MoneyGone {
  readonly kind: 'refund' | 'chargeback';
  readonly id: string;
  /** Minor units of the payment's currency; absent when it is only known in another one: then all that is left. */
  readonly amount?: number;
  readonly at: Date;
}

/** When it was paid; undefined when it is not, or was taken out of the lists by its owner. */
export function paidAt({ status, succeededAt, deletedAt, updatedAt }: TaxedPayment): Date | undefined {
  return isPaid(status) && deletedAt === undefined ? (succeededAt ?? updatedAt) : undefined;
}

/** Everything of it that is gone for the present, in the order in which it was recorded. */
export function moneyGone({ currency: paidIn, refunds, chargebacks, updatedAt }: TaxedPayment): MoneyGone[] {
  return [
    ...refunds
      .filter(({ status }) => status === 'succeeded')
      .map(({ id, amount, at = updatedAt }) => ({ kind: 'refund', id, amount, at }) as const),
    ...chargebacks
      .filter(({ status }) => takesMoney(status))
      .map(({ id, amount, currency = paidIn, at = updatedAt }): MoneyGone => {
        const gone = { kind: 'chargeback', id, at } as const;
        return currency === paidIn && amount !== undefined ? { ...gone, amount } : gone;
      }),
  ];
}
