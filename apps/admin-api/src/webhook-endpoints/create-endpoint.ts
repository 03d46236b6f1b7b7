import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { createEndpoint } from '@paygate/messages';
import type { EndpointSlot, EndpointWithSecret, IdempotencyClaim } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { auditedEndpoint, auditedResource, auditedSecrets, MASKED_VALUES } from './audited-endpoint.js';
import type { CreateEndpointBody } from './dto/create-endpoint.body.js';
import { TargetRule } from './target-rule.js';

@Injectable()
export class CreateEndpoint {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
    private readonly targets: TargetRule,
  ) {}

  /**
   * @param slot the settings it belongs to, of which an organization has one
   * @throws DomainError `validation_failed`, `already_exists` when the slot is taken, `too_many_endpoints`, `idempotency_key_reused`
   */
  async execute(
    scope: TenantScope,
    wanted: CreateEndpointBody,
    claim?: IdempotencyClaim,
    slot?: EndpointSlot,
  ): Promise<EndpointWithSecret> {
    this.targets.check(wanted.url);
    const action = 'webhook_endpoint.created';
    return this.changes.onceElsewhere(scope, 'webhook_endpoint.create', claim, {
      intent: { action, scope, resource: { type: 'webhook_endpoint', id: 'unknown', name: wanted.url } },
      ask: () => this.rpc.request(createEndpoint, tenantRequest(scope, wanted, { slot })),
      deed: (created) => ({
        ...{ action, scope, resource: auditedResource(created), masked: MASKED_VALUES },
        after: { ...auditedEndpoint(created), ...auditedSecrets(wanted) },
      }),
    });
  }
}
