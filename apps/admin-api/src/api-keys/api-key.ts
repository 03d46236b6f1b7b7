import type { ApiKeyRow } from './api-key.schema.js';

/** A key as this service handles it. */
export type ApiKey = Omit<ApiKeyRow, '_id'> & { id: string };

export const KEY_STATUSES = ['active', 'expired', 'revoked'] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

export function statusOf(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Date): KeyStatus {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && key.expiresAt <= now ? 'expired' : 'active';
}
