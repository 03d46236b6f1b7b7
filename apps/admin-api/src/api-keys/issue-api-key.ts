import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { ApiKeysRepository } from './api-keys.repository.js';
import { KeySecrets } from './key-secrets.js';
import { newKeyParts, writeKey } from './key-text.js';

export interface NewApiKey {
  name: string;
  /** `resource:action`, `resource:*` or `*`. */
  scopes: string[];
  expiresAt?: Date;
  ipAllowlist?: string[];
}

@Injectable()
export class IssueApiKey {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly secrets: KeySecrets,
  ) {}

  /** Returns the whole key. This is the only time it exists outside its owner's hands. */
  async execute(scope: TenantScope, wanted: NewApiKey): Promise<{ id: string; apiKey: string }> {
    const parts = newKeyParts(scope.livemode ? 'live' : 'test');
    const id = newObjectId();
    await this.keys.insert(scope, {
      id,
      keyId: parts.keyId,
      name: wanted.name,
      scopes: wanted.scopes,
      secretHash: this.secrets.hash(parts),
      ipAllowlist: wanted.ipAllowlist ?? [],
      expiresAt: wanted.expiresAt,
    });
    return { id, apiKey: writeKey(parts) };
  }
}
