import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { listTransactions } from '@paygate/messages';
import type { DeliveryView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../../../upstream/index.js';
import { TestEndpoint } from '../../../webhook-endpoints/index.js';
import { FindWebhook } from './find-webhook.js';

@Injectable()
export class ResendTransaction {
  constructor(
    private readonly rpc: RpcClient,
    private readonly finding: FindWebhook,
    private readonly testing: TestEndpoint,
  ) {}

  /**
   * Tells the webhook of a transaction as it is now; of the newest when none is named.
   * @throws DomainError `endpoint_not_found`, `endpoint_disabled`, `transaction_not_found`, `notification_not_available`
   */
  async execute(scope: TenantScope, transactionId: string | undefined): Promise<DeliveryView> {
    const { endpointId } = await this.finding.require(scope);
    return this.testing.execute(scope, endpointId, transactionId ?? (await this.newest(scope)));
  }

  private async newest(scope: TenantScope): Promise<string> {
    const { items } = await this.rpc.request(listTransactions, tenantRequest(scope, { page: 1, limit: 1 }));
    const [latest] = items;
    if (!latest) throw new DomainError('transaction_not_found', 'There is no transaction yet.');
    return latest.id;
  }
}
