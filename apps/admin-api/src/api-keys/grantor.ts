import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';
import type { Access } from '../access/index.js';
import type { ApiKey } from './api-key.js';
import { statusOf } from './api-key.js';
import type { KeyMaker } from './api-key.schema.js';
import { ApiKeysRepository } from './api-keys.repository.js';

/** What a caller can hand on to a key. */
export interface Grantor {
  maker: KeyMaker;
  scopes: readonly string[];
  /** The caller's own key; absent for a person. */
  key?: ApiKey;
}

@Injectable()
export class Grantors {
  constructor(private readonly keys: ApiKeysRepository) {}

  /**
   * Reads the caller's key anew, in the transaction of the change: a key that was revoked or lost scopes a moment ago, and
   * is still remembered as good, must not leave a successor behind.
   * @throws DomainError `api_key_invalid`, `api_key_revoked`, `api_key_expired`
   */
  async of({ principal, scope, scopes }: Access, session: ClientSession, now: Date): Promise<Grantor> {
    const { kind, id, name } = principal;
    const maker = { kind, id, name };
    // A person at the platform's own keys is a global administrator.
    if (kind === 'user') return { maker, scopes: scope ? scopes : ['*'] };
    const key = await this.keys.findByIdForOperators(id, session);
    if (!key) throw new DomainError('api_key_invalid');
    const status = statusOf(key, now);
    if (status !== 'active') throw new DomainError(`api_key_${status}`);
    return { maker, scopes: key.scopes, key };
  }
}
