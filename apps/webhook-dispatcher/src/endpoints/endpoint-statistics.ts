import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { EndpointStatistics as Figures, EndpointStatisticsRequest } from '@paygate/messages';
import { EndpointStatisticsRepository } from './endpoint-statistics.repository.js';
import type { Period } from './endpoint-statistics.repository.js';
import { EndpointsRepository } from './endpoints.repository.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 90;

/** What became of the notifications to an endpoint. */
@Injectable()
export class EndpointStatistics {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly figures: EndpointStatisticsRepository,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `validation_failed` for the period */
  async execute(scope: TenantScope, request: EndpointStatisticsRequest, now: Date): Promise<Figures> {
    const endpoint = await this.endpoints.find(scope, request.endpointId);
    const period = periodOf(request, now);
    const { _id: endpointId } = endpoint;
    const [states, durations, oldestDue] = await Promise.all([
      this.figures.byState(scope, endpointId, period),
      this.figures.durations(scope, endpointId, period),
      this.figures.oldestDue(scope, endpoint, now),
    ]);
    const count = (state: keyof Figures['deliveries']): number => states.get(state)?.deliveries ?? 0;
    const attempts = [...states.values()].reduce((sum, state) => sum + state.attempts, 0);
    const decided = count('delivered') + count('dead');
    return {
      endpointId,
      from: period.from.toISOString(),
      to: period.to.toISOString(),
      deliveries: {
        scheduled: count('scheduled'),
        sending: count('sending'),
        delivered: count('delivered'),
        dead: count('dead'),
        superseded: count('superseded'),
      },
      attempts,
      failedAttempts: Math.max(0, attempts - count('delivered')),
      successRatio: decided > 0 ? count('delivered') / decided : undefined,
      p50DurationMs: percentile(durations, 0.5),
      p95DurationMs: percentile(durations, 0.95),
      oldestDueAt: oldestDue?.toISOString(),
    };
  }
}

/** The nearest rank. @param sorted shortest first */
export function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function periodOf({ from, to }: EndpointStatisticsRequest, now: Date): Period {
  const end = to === undefined ? now : new Date(to);
  const begin = from === undefined ? new Date(end.getTime() - DAY_MS) : new Date(from);
  const lengthMs = end.getTime() - begin.getTime();
  if (lengthMs > 0 && lengthMs <= LONGEST_DAYS * DAY_MS) return { from: begin, to: end };
  throw DomainError.invalid({
    field: 'from',
    code: 'period_not_allowed',
    message: 'from must be before to, and not by more than 90 days.',
    expected: 'a period of at most 90 days',
  });
}
