import { Controller } from '@nestjs/common';
import {
  cancelReplay,
  createReplay,
  CreateReplayCommand,
  getReplay,
  listReplays,
  ListReplaysRequest,
  ReplayRequest,
  tenantScopeOf,
} from '@paygate/messages';
import type { ReplayPage, ReplayView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { CreateReplay } from './create-replay.js';
import { presentReplay } from './present-replay.js';
import { ReplaysRepository } from './replays.repository.js';

/** What other services order and ask about replays. */
@Controller()
export class ReplaysController {
  constructor(
    private readonly replays: ReplaysRepository,
    private readonly creation: CreateReplay,
  ) {}

  @HandlesRequest(createReplay)
  async create(command: CreateReplayCommand): Promise<ReplayView> {
    return presentReplay(await this.creation.execute(tenantScopeOf(command), command));
  }

  @HandlesRequest(listReplays)
  async list(request: ListReplaysRequest): Promise<ReplayPage> {
    const page = await this.replays.list(tenantScopeOf(request), request, request);
    return { ...page, items: page.items.map(presentReplay) };
  }

  @HandlesRequest(getReplay)
  async get(request: ReplayRequest): Promise<ReplayView> {
    return presentReplay(await this.replays.find(tenantScopeOf(request), request.replayId));
  }

  @HandlesRequest(cancelReplay)
  async cancel(request: ReplayRequest): Promise<ReplayView> {
    return presentReplay(await this.replays.cancel(tenantScopeOf(request), request.replayId, new Date()));
  }
}
