import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { createCustomerRiskHold } from '@paygate/messages';
import type { CustomerRiskHoldView, IdempotencyClaim } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { currentContext } from '@paygate/nest-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import type { CreateHoldBody } from './dto/hold.body.js';

@Injectable()
export class CreateHold {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `validation_failed` without a buyer, and for types of providers where they mean nothing */
  async execute(scope: TenantScope, body: CreateHoldBody, claim: IdempotencyClaim | undefined): Promise<CustomerRiskHoldView> {
    requireBuyer(body);
    requireFittingTypes(body);
    const { email, clientId, action, allowedProviderTypes, note } = body;
    const fields = { email, clientId, action, allowedProviderTypes, note, idempotency: claim };
    const held = { action: 'customer_risk_hold.created', scope } as const;
    const type = 'customer_risk_hold';
    const { replayed, ...hold } = await this.changes.elsewhere({
      intent: { ...held, resource: { type, id: clientId ?? 'unknown', name: email } },
      ask: () => this.rpc.request(createCustomerRiskHold, tenantRequest(scope, fields)),
      deed: (created) =>
        created.replayed
          ? undefined
          : { ...held, resource: { type, id: created.id }, after: { action, allowedProviderTypes, email, clientId, note } },
    });
    const context = currentContext();
    if (replayed && context) context.replayed = true;
    return hold;
  }
}

function requireBuyer({ email, clientId }: CreateHoldBody): void {
  if (email !== undefined || clientId !== undefined) return;
  const expected = 'an e-mail address, unless clientId is given';
  throw DomainError.invalid({ field: 'email', code: 'buyer_required', message: `email must be ${expected}.`, expected });
}

function requireFittingTypes({ action, allowedProviderTypes }: CreateHoldBody): void {
  if ((action === 'allow_provider_types') === (allowedProviderTypes !== undefined)) return;
  const field = 'allowedProviderTypes';
  const expected = action === 'allow_provider_types' ? 'at least one type of provider' : 'left out unless action is allow_provider_types';
  throw DomainError.invalid({ field, code: 'does_not_fit_action', message: `${field} must be ${expected}.`, expected });
}
