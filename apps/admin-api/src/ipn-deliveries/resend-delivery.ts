import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { resendDelivery } from '@paygate/messages';
import type { DeliveryView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { deliveryIdOf } from './delivery-id.js';

@Injectable()
export class ResendDelivery {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `delivery_not_found`, `delivery_overtaken`, `delivery_not_final` */
  async execute(scope: TenantScope, id: string): Promise<DeliveryView> {
    const deliveryId = deliveryIdOf(id);
    const delivery = await this.rpc.request(resendDelivery, tenantRequest(scope, { deliveryId }));
    const { transactionId, status, url } = delivery;
    await this.changes.run((change) =>
      change.record({
        action: 'ipn_delivery.resent',
        scope,
        resource: { type: 'ipn_delivery', id: deliveryId },
        after: { transactionId, status, url },
      }),
    );
    return delivery;
  }
}
