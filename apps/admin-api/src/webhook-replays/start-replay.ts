import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { createReplay } from '@paygate/messages';
import type { IdempotencyClaim, ReplayView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { periodOf } from '../validation-rules/index.js';
import { endpointIdOf } from '../webhook-endpoints/index.js';
import type { CreateReplayBody } from './dto/create-replay.body.js';

@Injectable()
export class StartReplay {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `endpoint_disabled`, `replay_running`, `validation_failed`, `idempotency_key_reused` */
  async execute(scope: TenantScope, body: CreateReplayBody, claim: IdempotencyClaim | undefined): Promise<ReplayView> {
    const { selection, ratePerSecond } = body;
    const wanted = { endpointId: endpointIdOf(body.endpointId), selection, ratePerSecond, ...periodOf(body) };
    const started = { action: 'webhook_replay.started', scope } as const;
    return this.changes.onceElsewhere(scope, 'webhook_replay.start', claim, {
      intent: { ...started, resource: { type: 'webhook_endpoint', id: wanted.endpointId } },
      ask: () => this.rpc.request(createReplay, tenantRequest(scope, wanted)),
      deed: ({ replayId, ratePerSecond: rate }) => ({
        ...started,
        resource: { type: 'webhook_replay', id: replayId },
        after: { ...wanted, ratePerSecond: rate },
      }),
    });
  }
}
