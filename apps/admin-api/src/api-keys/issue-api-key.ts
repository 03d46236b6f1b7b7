import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';
import type { ApiKey } from './api-key.js';
import type { Environment, KeyMaker } from './api-key.schema.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { KeyOwner } from './key-owner.js';
import { KeySecrets } from './key-secrets.js';
import { newKeyParts, writeKey } from './key-text.js';

export interface NewApiKey {
  name: string;
  /** `resource:action`, `resource:*` or `*`. */
  scopes: string[];
  environment: Environment;
  expiresAt?: Date;
  /** Addresses and CIDR ranges in canonical form. */
  ipAllowlist?: string[];
  createdBy?: KeyMaker;
}

/** A stored key, and the whole key for its owner's hands: outside them it never exists again. */
export interface IssuedApiKey {
  key: ApiKey;
  apiKey: string;
}

@Injectable()
export class IssueApiKey {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly secrets: KeySecrets,
  ) {}

  async execute(owner: KeyOwner, { ipAllowlist = [], ...wanted }: NewApiKey, session?: ClientSession): Promise<IssuedApiKey> {
    const parts = newKeyParts(wanted.environment);
    const secretHash = this.secrets.hash(parts);
    const key = await this.keys.insert(owner, { ...wanted, id: newObjectId(), keyId: parts.keyId, secretHash, ipAllowlist }, session);
    return { key, apiKey: writeKey(parts) };
  }
}
