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
    return this.changes.onceElsewhere(
      scope,
      'webhook_replay.start',
      claim,
      () => this.rpc.request(createReplay, tenantRequest(scope, wanted)),
      (change, { replayId, ratePerSecond: rate }) => {
        const after = { ...wanted, ratePerSecond: rate };
        return change.record({ action: 'webhook_replay.started', scope, resource: { type: 'webhook_replay', id: replayId }, after });
      },
    );
  }
}
