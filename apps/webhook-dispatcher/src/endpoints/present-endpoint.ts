import type { EndpointCondition, EndpointHealthView, EndpointView, EndpointWithSecret } from '@paygate/messages';
import type { EndpointHealth } from './endpoint-health.js';
import type { EndpointRow } from './endpoint.schema.js';

export function presentEndpoint(row: EndpointRow, now: Date): EndpointView {
  const previous = row.secrets.map(({ validUntil }) => validUntil ?? undefined).filter((end) => end !== undefined && end > now);
  return {
    endpointId: row._id,
    livemode: row.livemode,
    family: row.family,
    slot: row.slot,
    siteId: row.siteId,
    url: row.url,
    description: row.description,
    events: row.events,
    headers: row.headers.map(({ name }) => ({ name })),
    username: row.credentials?.username,
    merchantId: row.merchantId,
    state: row.state,
    disabledReason: row.disabledReason,
    disabledAt: row.disabledAt?.toISOString(),
    secretPreview: row.secrets.find(({ validUntil }) => !validUntil)?.preview,
    previousSecretValidUntil: previous.at(-1)?.toISOString(),
    health: presentHealth(row.health, now),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function presentWithSecret(row: EndpointRow, secret: string, now: Date): EndpointWithSecret {
  return Object.assign(presentEndpoint(row, now), { secret });
}

export function conditionOf({ failures, openUntil }: EndpointHealth): EndpointCondition {
  if (openUntil) return 'paused';
  return failures > 0 ? 'failing' : 'ok';
}

function presentHealth(health: EndpointHealth, now: Date): EndpointHealthView {
  const { openUntil } = health;
  return {
    condition: conditionOf(health),
    consecutiveFailures: health.failures,
    failingSince: health.failingSince?.toISOString(),
    pausedUntil: openUntil && openUntil > now ? openUntil.toISOString() : undefined,
    lastSuccessAt: health.lastSuccessAt?.toISOString(),
    lastFailureAt: health.lastFailureAt?.toISOString(),
  };
}
