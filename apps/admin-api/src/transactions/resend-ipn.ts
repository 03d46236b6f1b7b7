import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction, listDeliveries } from '@paygate/messages';
import type { DeliveryView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { ResendDelivery } from '../ipn-deliveries/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class ResendIpn {
  constructor(
    private readonly rpc: RpcClient,
    private readonly resending: ResendDelivery,
  ) {}

  /**
   * Sends the latest notification of a transaction once more.
   * @throws DomainError `transaction_not_found`, `delivery_not_found` when nothing was ever to be told, and what {@link ResendDelivery} throws
   */
  async execute(scope: TenantScope, id: string): Promise<DeliveryView> {
    const transactionId = pathId(id, 'transaction_not_found');
    await this.rpc.request(getTransaction, tenantRequest(scope, { transactionId }));
    const request = tenantRequest(scope, { transactionId, family: 'site_ipn' as const, page: 1, limit: 1 });
    const { items } = await this.rpc.request(listDeliveries, request);
    const [latest] = items;
    if (!latest) throw new DomainError('delivery_not_found', 'There is no notification about this transaction.');
    return this.resending.execute(scope, latest.deliveryId);
  }
}
