import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction, listChargebacks, listDeliveries, listRefunds } from '@paygate/messages';
import type { ChargebackView, DeliveryView, RefundView, TransactionDetail } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

/** The notification log is an extra; waiting long for it would spoil the answer it decorates. */
const DELIVERY_DEADLINE_MS = 1_000;
/** More than a payment ever has; the lists of refunds and disputes show any number. */
const PARTS = { page: 1, limit: 100 };

/** A transaction with what belongs to it. */
export interface WholeTransaction {
  transaction: TransactionDetail;
  refunds: RefundView[];
  chargebacks: ChargebackView[];
  /** Absent when there is none, or the dispatcher does not answer. */
  latestDelivery: DeliveryView | undefined;
}

@Injectable()
export class GetTransaction {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `transaction_not_found` */
  async execute(scope: TenantScope, id: string): Promise<WholeTransaction> {
    const transactionId = pathId(id, 'transaction_not_found');
    const parts = tenantRequest(scope, { transactionId, ...PARTS });
    const [transaction, refunds, chargebacks, latestDelivery] = await Promise.all([
      this.rpc.request(getTransaction, tenantRequest(scope, { transactionId })),
      this.rpc.request(listRefunds, parts),
      this.rpc.request(listChargebacks, parts),
      this.latestDelivery(scope, transactionId),
    ]);
    return { transaction, refunds: refunds.items, chargebacks: chargebacks.items, latestDelivery };
  }

  private async latestDelivery(scope: TenantScope, transactionId: string): Promise<DeliveryView | undefined> {
    const request = tenantRequest(scope, { transactionId, family: 'site_ipn' as const, page: 1, limit: 1 });
    try {
      const { items } = await this.rpc.request(listDeliveries, request, { deadlineMs: DELIVERY_DEADLINE_MS });
      return items[0];
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
