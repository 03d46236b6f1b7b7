import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getCustomerRiskHold, releaseCustomerRiskHold } from '@paygate/messages';
import type { CustomerRiskHoldView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class ReleaseHold {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** Answers a hold that was released before as it stands. @throws DomainError `customer_risk_hold_not_found` */
  async execute(scope: TenantScope, id: string, note?: string): Promise<CustomerRiskHoldView> {
    const holdId = pathId(id, 'customer_risk_hold_not_found');
    const { status } = await this.rpc.request(getCustomerRiskHold, tenantRequest(scope, { holdId }));
    const intent = { action: 'customer_risk_hold.released', scope, resource: { type: 'customer_risk_hold', id: holdId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(releaseCustomerRiskHold, tenantRequest(scope, { holdId, note })),
      deed: (hold) => (status === 'active' ? { ...intent, before: { status }, after: { status: hold.status, note } } : undefined),
    });
  }
}
