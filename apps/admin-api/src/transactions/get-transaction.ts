import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction, listDeliveries } from '@paygate/messages';
import type { DeliveryView, TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

/** The notification log is an extra; waiting long for it would spoil the answer it decorates. */
const DELIVERY_DEADLINE_MS = 1_000;

@Injectable()
export class GetTransaction {
  constructor(private readonly rpc: RpcClient) {}

  /** The transaction and its latest notification, if there is one and the dispatcher answers. @throws DomainError `transaction_not_found` */
  async execute(scope: TenantScope, id: string): Promise<{ transaction: TransactionView; latestDelivery: DeliveryView | undefined }> {
    const transactionId = pathId(id, 'transaction_not_found');
    const [transaction, latestDelivery] = await Promise.all([
      this.rpc.request(getTransaction, tenantRequest(scope, { transactionId })),
      this.latestDelivery(scope, transactionId),
    ]);
    return { transaction, latestDelivery };
  }

  private async latestDelivery(scope: TenantScope, transactionId: string): Promise<DeliveryView | undefined> {
    const request = tenantRequest(scope, { transactionId, page: 1, limit: 1 });
    try {
      const { items } = await this.rpc.request(listDeliveries, request, { deadlineMs: DELIVERY_DEADLINE_MS });
      return items[0];
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
