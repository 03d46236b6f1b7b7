import { createHash } from 'node:crypto';
import { DomainError } from '@paygate/kernel';

/**
 * The account a request speaks for: the hash of its key. Every well-formed key is an account of its own, so nothing has to
 * be registered; whoever does not know the key cannot see its payments.
 * @throws DomainError api_key_missing, api_key_invalid
 */
export function accountOf(authorization: string | undefined): string {
  if (authorization === undefined) throw new DomainError('api_key_missing', 'Send the secret key: Authorization: Bearer sbx_…');
  const key = /^Bearer (sbx_[A-Za-z0-9_-]{8,128})$/.exec(authorization)?.[1];
  if (key === undefined) throw new DomainError('api_key_invalid', 'A sandbox key looks like sbx_ and 8 to 128 letters or digits.');
  return createHash('sha256').update(key).digest('hex');
}
