import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { disableEndpoint, enableEndpoint, getEndpoint } from '@paygate/messages';
import type { EndpointView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { auditedResource } from './audited-endpoint.js';
import { endpointIdOf } from './endpoint-id.js';

const SWITCHES = {
  enabled: { contract: enableEndpoint, action: 'webhook_endpoint.enabled' },
  disabled: { contract: disableEndpoint, action: 'webhook_endpoint.disabled' },
} as const;

@Injectable()
export class SwitchEndpoint {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `endpoint_not_found` */
  async execute(scope: TenantScope, id: string, state: keyof typeof SWITCHES): Promise<EndpointView> {
    const request = tenantRequest(scope, { endpointId: endpointIdOf(id) });
    const { contract, action } = SWITCHES[state];
    const before = await this.rpc.request(getEndpoint, request);
    const intent = { action, scope, resource: auditedResource(before) };
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(contract, request),
      deed: (after) => ({ ...intent, before: standing(before), after: standing(after) }),
    });
  }
}

function standing({ state, disabledReason }: EndpointView): object {
  return { state, disabledReason };
}
