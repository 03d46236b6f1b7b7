import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { deleteEndpoint, getEndpoint } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { auditedEndpoint, auditedResource } from './audited-endpoint.js';
import { endpointIdOf } from './endpoint-id.js';

@Injectable()
export class DeleteEndpoint {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable` for an endpoint of a site */
  async execute(scope: TenantScope, id: string): Promise<void> {
    const request = tenantRequest(scope, { endpointId: endpointIdOf(id) });
    const before = await this.rpc.request(getEndpoint, request);
    const intent = { action: 'webhook_endpoint.deleted', scope, resource: auditedResource(before) } as const;
    await this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(deleteEndpoint, request),
      deed: () => ({ ...intent, before: auditedEndpoint(before) }),
    });
  }
}
