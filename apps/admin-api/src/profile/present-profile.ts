import type { Passkey } from '../passkeys/index.js';
import type { User } from '../users/index.js';
import type { PasskeyResponse } from './dto/passkey.response.js';
import type { SettingsResponse } from './dto/settings.response.js';

export function presentSettings({ email, displayName, locale, timezone, notifications }: User): SettingsResponse {
  return { email, displayName, locale, timezone, notifications };
}

export function presentPasskey({ id, label, aaguid, transports, backedUp, createdAt, lastUsedAt }: Passkey): PasskeyResponse {
  return {
    id,
    label,
    aaguid,
    transports,
    backedUp,
    createdAt: createdAt.toISOString(),
    ...(lastUsedAt ? { lastUsedAt: lastUsedAt.toISOString() } : {}),
  };
}
