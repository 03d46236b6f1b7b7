import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import { ApiKeysRepository, KeySecrets } from '../api-keys/index.js';
import type { ApiKey, KeyParts } from '../api-keys/index.js';
import { AccessMemory } from '../short-cache/index.js';
import type { ShortCache } from '../short-cache/index.js';
import { judgeApiKey } from './judge-api-key.js';
import type { ApiKeyPrincipal, SystemKeyPrincipal } from '../access/index.js';
import { RecordKeyUse } from './record-key-use.js';

@Injectable()
export class AuthenticateApiKey {
  /** Unknown ids are remembered too, see KeySecrets. */
  private readonly cache: ShortCache<ApiKey | undefined>;

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly secrets: KeySecrets,
    private readonly uses: RecordKeyUse,
    memory: AccessMemory,
  ) {
    this.cache = memory.newCache();
  }

  /** @throws DomainError see judgeApiKey */
  async execute(shown: KeyParts, address: string): Promise<ApiKeyPrincipal | SystemKeyPrincipal> {
    const key = await this.cache.get(shown.keyId, () => this.keys.findForAuthentication(shown.keyId));
    const now = systemClock.now();
    const principal = judgeApiKey(key, { address, now, matches: this.secrets.matches(shown, key, now) });
    this.uses.record(principal.id, now);
    return principal;
  }
}
