import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { cancelReplay } from '@paygate/messages';
import type { ReplayView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { replayIdOf } from './replay-id.js';

@Injectable()
export class CancelReplay {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** What was put on its way stays on its way; one that has ended stays as it is. @throws DomainError `replay_not_found` */
  async execute(scope: TenantScope, id: string): Promise<ReplayView> {
    const replayId = replayIdOf(id);
    const intent = { action: 'webhook_replay.cancelled', scope, resource: { type: 'webhook_replay', id: replayId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(cancelReplay, tenantRequest(scope, { replayId })),
      deed: ({ endpointId, state, resent }) => ({ ...intent, after: { endpointId, state, resent } }),
    });
  }
}
