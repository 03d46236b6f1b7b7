import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { eraseNotifications, getTransaction } from '@paygate/messages';
import type { ErasedNotifications } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class EraseNotifications {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /**
   * Removes what the notifications of a transaction said, and what receivers answered. Also of one that was deleted meanwhile.
   * @throws DomainError `transaction_not_found`
   */
  async execute(scope: TenantScope, id: string): Promise<ErasedNotifications> {
    const request = tenantRequest(scope, { transactionId: pathId(id, 'transaction_not_found') });
    const resource = { type: 'transaction', id: request.transactionId };
    const intent = { action: 'transaction.notifications_erased', scope, resource } as const;
    return this.changes.elsewhere({
      intent,
      ask: async () => {
        const { erased, underWay } = await this.rpc.request(eraseNotifications, request);
        // Nothing was ever told of it: then it is there, or never was.
        if (erased + underWay === 0) await this.rpc.request(getTransaction, request);
        return { erased, underWay };
      },
      deed: (after) => ({ ...intent, after }),
    });
  }
}
