import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { rotateEndpointSecret } from '@paygate/messages';
import type { EndpointWithSecret, IdempotencyClaim } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { auditedResource } from './audited-endpoint.js';
import type { RotateEndpointSecretBody } from './dto/endpoint-actions.body.js';
import { endpointIdOf } from './endpoint-id.js';

@Injectable()
export class RotateEndpointSecret {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable`, `validation_failed`, `conflict`, `idempotency_key_reused` */
  async execute(scope: TenantScope, id: string, body: RotateEndpointSecretBody, claim?: IdempotencyClaim): Promise<EndpointWithSecret> {
    const request = tenantRequest(scope, body, { endpointId: endpointIdOf(id) });
    const resource = { type: 'webhook_endpoint', id: request.endpointId };
    const intent = { action: 'webhook_endpoint.secret_rotated', scope, resource } as const;
    return this.changes.onceElsewhere(scope, 'webhook_endpoint.rotate_secret', claim, {
      intent,
      ask: () => this.rpc.request(rotateEndpointSecret, request),
      deed: (rotated) => {
        const { secret, previousSecretValidUntil } = rotated;
        // The old one is not known here; that there was one is told by the entry itself.
        return { ...intent, resource: auditedResource(rotated), after: { secret, oldOneSignsUntil: previousSecretValidUntil } };
      },
    });
  }
}
