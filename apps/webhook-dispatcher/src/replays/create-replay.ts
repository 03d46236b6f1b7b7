import { Injectable } from '@nestjs/common';
import { DomainError, newPrefixedId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { CreateReplayCommand } from '@paygate/messages';
import { EndpointsRepository } from '../endpoints/index.js';
import type { ReplayRow } from './replay.schema.js';
import { ReplaysRepository } from './replays.repository.js';
import { RunReplays } from './run-replays.js';

const DEFAULT_RATE = 20;

@Injectable()
export class CreateReplay {
  constructor(
    private readonly replays: ReplaysRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly runner: RunReplays,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `endpoint_disabled`, `replay_running`, `validation_failed` for the period */
  async execute(scope: TenantScope, command: CreateReplayCommand): Promise<ReplayRow> {
    const { endpointId, selection, ratePerSecond = DEFAULT_RATE } = command;
    const { state } = await this.endpoints.find(scope, endpointId);
    if (state === 'disabled') throw new DomainError('endpoint_disabled');
    const now = new Date();
    const from = command.from === undefined ? undefined : new Date(command.from);
    const until = command.to === undefined ? undefined : new Date(command.to);
    if (from && from > (until ?? now)) throw emptyPeriod();
    const row: ReplayRow = {
      _id: newPrefixedId('rpl', now),
      ...{ organizationId: scope.organizationId, livemode: scope.livemode, endpointId, selection, ratePerSecond },
      ...{ from, until, to: until && until < now ? until : now },
      ...{ state: 'running', resent: 0, skipped: 0, nextAt: now, createdAt: now, updatedAt: now },
    };
    await this.replays.add(row);
    this.runner.wake();
    return row;
  }
}

function emptyPeriod(): DomainError {
  return DomainError.invalid({ field: 'from', code: 'after_to', message: 'from must not be after to.', expected: 'an instant before to' });
}
