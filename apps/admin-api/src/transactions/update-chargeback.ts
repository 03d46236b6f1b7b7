import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getChargeback, updateChargeback } from '@paygate/messages';
import type { ChargebackView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import type { UpdateChargebackBody } from './dto/update-chargeback.body.js';

@Injectable()
export class UpdateChargeback {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `transaction_not_found`, `chargeback_not_found`, `invalid_transition` */
  async execute(scope: TenantScope, id: string, chargeback: string, { status, note }: UpdateChargebackBody): Promise<ChargebackView> {
    const transactionId = pathId(id, 'transaction_not_found');
    const chargebackId = pathId(chargeback, 'chargeback_not_found');
    const before = await this.rpc.request(getChargeback, tenantRequest(scope, { transactionId, chargebackId }));
    const intent = { action: 'chargeback.updated', scope, resource: { type: 'chargeback', id: chargebackId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(updateChargeback, tenantRequest(scope, { transactionId, chargebackId, status, note })),
      deed: (updated) => ({ ...intent, before: { status: before.status }, after: { status: updated.status, note } }),
    });
  }
}
