import { DomainError } from '@paygate/kernel';
import { readKey } from '../api-keys/index.js';
import type { KeyParts } from '../api-keys/index.js';

/**
 * Reads `Authorization: Bearer <key>`.
 * @throws DomainError `api_key_missing` without the header, `api_key_malformed` when it holds anything but a key
 */
export function readAuthorization(header: string | undefined): KeyParts {
  if (header === undefined || header.trim() === '') throw new DomainError('api_key_missing');
  const [, token] = /^Bearer +(\S+)$/i.exec(header.trim()) ?? [];
  const parts = token === undefined ? undefined : readKey(token);
  if (!parts) throw new DomainError('api_key_malformed');
  return parts;
}
