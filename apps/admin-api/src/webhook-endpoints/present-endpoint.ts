import type { EndpointStatistics, EndpointView, EndpointWithSecret } from '@paygate/messages';
import type { EndpointResponse, EndpointStatisticsResponse, EndpointWithSecretResponse } from './dto/endpoint.response.js';

/** Field by field: what the dispatcher adds to its view becomes part of the public API only on purpose. */
export function presentEndpoint(view: EndpointView): EndpointResponse {
  const { health } = view;
  return {
    id: view.endpointId,
    livemode: view.livemode,
    family: view.family,
    slot: view.slot,
    siteId: view.siteId,
    url: view.url,
    description: view.description,
    events: view.events,
    headers: view.headers.map(({ name }) => ({ name })),
    username: view.username,
    merchantId: view.merchantId,
    state: view.state,
    disabledReason: view.disabledReason,
    disabledAt: view.disabledAt,
    secretPreview: view.secretPreview,
    previousSecretValidUntil: view.previousSecretValidUntil,
    health: {
      condition: health.condition,
      consecutiveFailures: health.consecutiveFailures,
      failingSince: health.failingSince,
      pausedUntil: health.pausedUntil,
      lastSuccessAt: health.lastSuccessAt,
      lastFailureAt: health.lastFailureAt,
    },
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
  };
}

export function presentEndpointWithSecret(view: EndpointWithSecret): EndpointWithSecretResponse {
  return Object.assign(presentEndpoint(view), { secret: view.secret });
}

export function presentEndpointStatistics(statistics: EndpointStatistics): EndpointStatisticsResponse {
  const { scheduled, sending, delivered, dead, superseded } = statistics.deliveries;
  return {
    id: statistics.endpointId,
    from: statistics.from,
    to: statistics.to,
    deliveries: { scheduled, sending, delivered, dead, superseded },
    attempts: statistics.attempts,
    failedAttempts: statistics.failedAttempts,
    successRatio: statistics.successRatio,
    p50DurationMs: statistics.p50DurationMs,
    p95DurationMs: statistics.p95DurationMs,
    oldestDueAt: statistics.oldestDueAt,
  };
}
