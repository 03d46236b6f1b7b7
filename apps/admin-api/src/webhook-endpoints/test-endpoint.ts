import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction, sendTransaction, testEndpoint } from '@paygate/messages';
import type { DeliveryView, TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { endpointIdOf } from './endpoint-id.js';

@Injectable()
export class TestEndpoint {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /**
   * Sends the family's test notification, or tells of a transaction as it is now.
   * @throws DomainError `endpoint_not_found`, `endpoint_not_editable`, `endpoint_disabled`, `transaction_not_found`, `notification_not_available`
   */
  async execute(scope: TenantScope, id: string, transactionId?: string): Promise<DeliveryView> {
    const endpointId = endpointIdOf(id);
    const resource = { type: 'webhook_endpoint', id: endpointId };
    const intent = { action: 'webhook_endpoint.tested', scope, resource } as const;
    return this.changes.elsewhere({
      intent,
      ask: () =>
        transactionId === undefined
          ? this.rpc.request(testEndpoint, tenantRequest(scope, { endpointId }))
          : this.tell(scope, endpointId, transactionId),
      deed: ({ deliveryId, url, event }) => ({
        ...intent,
        resource: { ...resource, name: url },
        after: { deliveryId, event, transactionId },
      }),
    });
  }

  private async tell(scope: TenantScope, endpointId: string, transactionId: string): Promise<DeliveryView> {
    const transaction = await this.rpc.request(getTransaction, tenantRequest(scope, { transactionId }));
    return this.rpc.request(sendTransaction, tenantRequest(scope, factsOf(transaction), { endpointId }));
  }
}

function factsOf(transaction: TransactionView) {
  const { id, checkoutId, siteId, status, eventVersion, amount, currency, externalReference, createdAt, updatedAt } = transaction;
  const payer = payerOf(transaction);
  return {
    ...{ transactionId: id, checkoutId, siteId, status, eventVersion, amount, currency, createdAt, updatedAt },
    ...(externalReference === undefined ? {} : { externalReference }),
    ...(payer === '' ? {} : { payer }),
  };
}

function payerOf({ billingAddress }: TransactionView): string {
  const { firstName = '', lastName = '' } = billingAddress ?? {};
  return `${firstName} ${lastName}`.trim().slice(0, 200);
}
