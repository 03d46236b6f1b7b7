import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { ApiKeyResponse } from './dto/api-key.response.js';
import { findKey } from './find-key.js';
import type { KeyOwner } from './key-owner.js';
import { presentApiKey } from './present-api-key.js';

@Injectable()
export class GetApiKey {
  constructor(private readonly keys: ApiKeysRepository) {}

  /** @throws DomainError `api_key_not_found` */
  async execute(owner: KeyOwner, id: string): Promise<ApiKeyResponse> {
    return presentApiKey(await findKey(this.keys, owner, id), systemClock.now());
  }
}
