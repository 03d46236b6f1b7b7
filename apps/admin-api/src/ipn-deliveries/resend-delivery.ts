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
    const intent = { action: 'ipn_delivery.resent', scope, resource: { type: 'ipn_delivery', id: deliveryId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(resendDelivery, tenantRequest(scope, { deliveryId })),
      deed: ({ transactionId, status, url }) => ({ ...intent, after: { transactionId, status, url } }),
    });
  }
}
