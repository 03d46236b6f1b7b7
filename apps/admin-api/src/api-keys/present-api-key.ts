import type { ApiKey } from './api-key.js';
import { statusOf } from './api-key.js';
import type { ApiKeyResponse, IssuedApiKeyResponse } from './dto/api-key.response.js';
import type { IssuedApiKey } from './issue-api-key.js';
import { keyPrefix } from './key-text.js';

/** Field by field: neither a secret nor its hash ever gets into an answer by being added to the record. */
export function presentApiKey(key: ApiKey, now: Date): ApiKeyResponse {
  const grace = key.previousSecret?.validUntil;
  return {
    id: key.id,
    keyId: key.keyId,
    prefix: keyPrefix(key),
    name: key.name,
    environment: key.environment,
    scopes: key.scopes,
    ipAllowlist: key.ipAllowlist,
    status: statusOf(key, now),
    expiresAt: key.expiresAt?.toISOString(),
    revokedAt: key.revokedAt?.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString(),
    previousSecretValidUntil: grace && grace > now ? grace.toISOString() : undefined,
    createdBy: key.createdBy && { kind: key.createdBy.kind, id: key.createdBy.id, name: key.createdBy.name },
    createdAt: key.createdAt.toISOString(),
    updatedAt: key.updatedAt.toISOString(),
  };
}

/** The one answer that holds the whole key. */
export function presentIssuedApiKey({ key, apiKey }: IssuedApiKey, now: Date): IssuedApiKeyResponse {
  return Object.assign(presentApiKey(key, now), { apiKey });
}
