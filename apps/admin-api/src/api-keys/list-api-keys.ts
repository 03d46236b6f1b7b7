import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { ApiKeyListResponse } from './dto/api-key.response.js';
import type { ListApiKeysQuery } from './dto/list-api-keys.query.js';
import type { KeyOwner } from './key-owner.js';
import { presentApiKey } from './present-api-key.js';

@Injectable()
export class ListApiKeys {
  constructor(private readonly keys: ApiKeysRepository) {}

  async execute(owner: KeyOwner, query: ListApiKeysQuery): Promise<ApiKeyListResponse> {
    const now = systemClock.now();
    return presentPage('apiKeys', await this.keys.list(owner, query, query, now), (key) => presentApiKey(key, now));
  }
}
