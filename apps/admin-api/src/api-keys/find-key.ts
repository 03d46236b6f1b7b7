import { DomainError } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';
import { pathId } from '../validation-rules/index.js';
import type { ApiKey } from './api-key.js';
import type { ApiKeysRepository } from './api-keys.repository.js';
import type { KeyOwner } from './key-owner.js';

/** The key an address names. @throws DomainError `api_key_not_found` */
export async function findKey(keys: ApiKeysRepository, owner: KeyOwner, id: string, session?: ClientSession): Promise<ApiKey> {
  const key = await keys.find(owner, pathId(id, 'api_key_not_found'), session);
  if (!key) throw new DomainError('api_key_not_found');
  return key;
}
