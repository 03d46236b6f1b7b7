import { DomainError } from '@paygate/kernel';
import { readKey } from '../api-keys/index.js';
import type { KeyParts } from '../api-keys/index.js';

/** What a request shows to say who is calling. */
export type Credential = { kind: 'api_key'; key: KeyParts } | { kind: 'access_token' };

const ACCESS_TOKEN = /^(?:Bearer|Token) +[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/i;
const BEARER = /^Bearer +(\S+)$/i;

/**
 * Reads `Authorization: Bearer sk_…`, or `Bearer` / `Token` and an access token. Whether it is a good one is not asked here.
 * @throws DomainError `api_key_missing` without the header, `api_key_malformed` when it holds neither
 */
export function readCredential(header: string | undefined): Credential {
  const text = header?.trim() ?? '';
  if (text === '') throw new DomainError('api_key_missing');
  // A key has one dot, an access token two.
  if (ACCESS_TOKEN.test(text)) return { kind: 'access_token' };
  const [, token] = BEARER.exec(text) ?? [];
  const key = token === undefined ? undefined : readKey(token);
  if (!key) throw new DomainError('api_key_malformed');
  return { kind: 'api_key', key };
}
