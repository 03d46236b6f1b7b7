import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getEndpoint, updateEndpoint } from '@paygate/messages';
import type { EndpointView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { auditedEndpoint, auditedResource, auditedSecrets, MASKED_VALUES } from './audited-endpoint.js';
import type { UpdateEndpointBody } from './dto/update-endpoint.body.js';
import { endpointIdOf } from './endpoint-id.js';
import { TargetRule } from './target-rule.js';

@Injectable()
export class UpdateEndpoint {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
    private readonly targets: TargetRule,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable`, `validation_failed`, `conflict` */
  async execute(scope: TenantScope, id: string, wanted: UpdateEndpointBody): Promise<EndpointView> {
    const endpointId = endpointIdOf(id);
    if (wanted.url !== undefined) this.targets.check(wanted.url);
    const before = await this.rpc.request(getEndpoint, tenantRequest(scope, { endpointId }));
    const action = 'webhook_endpoint.updated';
    return this.changes.elsewhere({
      intent: { action, scope, resource: auditedResource(before) },
      ask: () => this.rpc.request(updateEndpoint, tenantRequest(scope, wanted, { endpointId })),
      deed: (updated) => ({
        ...{ action, scope, resource: auditedResource(updated), masked: MASKED_VALUES },
        before: auditedEndpoint(before),
        after: { ...auditedEndpoint(updated), ...auditedSecrets(wanted) },
      }),
    });
  }
}
