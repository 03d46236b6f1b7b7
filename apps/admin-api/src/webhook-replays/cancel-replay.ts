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
    const replay = await this.rpc.request(cancelReplay, tenantRequest(scope, { replayId }));
    const { endpointId, state, resent } = replay;
    await this.changes.run((change) =>
      change.record({
        action: 'webhook_replay.cancelled',
        scope,
        resource: { type: 'webhook_replay', id: replayId },
        after: { endpointId, state, resent },
      }),
    );
    return replay;
  }
}
