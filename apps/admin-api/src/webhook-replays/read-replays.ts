import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getReplay, listReplays } from '@paygate/messages';
import type { ReplayView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import type { ListReplaysQuery } from './dto/list-replays.query.js';
import { replayIdOf } from './replay-id.js';

@Injectable()
export class ReadReplays {
  constructor(private readonly rpc: RpcClient) {}

  async list(scope: TenantScope, query: ListReplaysQuery): Promise<Page<ReplayView>> {
    return this.rpc.request(listReplays, tenantRequest(scope, query));
  }

  /** @throws DomainError `replay_not_found` */
  async get(scope: TenantScope, id: string): Promise<ReplayView> {
    return this.rpc.request(getReplay, tenantRequest(scope, { replayId: replayIdOf(id) }));
  }
}
