import { Injectable } from '@nestjs/common';
import { systemClock, TenantScope } from '@paygate/kernel';
import type { Principal } from '@paygate/nest-kit';
import { ApiKeysRepository, KeySecrets } from '../api-keys/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import { ShortCache } from '../short-cache/index.js';
import { judgeApiKey } from './judge-api-key.js';
import type { KeyOnFile } from './judge-api-key.js';
import { readAuthorization } from './read-authorization.js';
import { RecordKeyUse } from './record-key-use.js';

/** The part of a request that says who is calling. */
export interface Caller {
  authorization: string | undefined;
  address: string;
  namesOrganization: boolean;
}

@Injectable()
export class AuthenticateApiKey {
  /** A revoked key stops working within this time in every instance. Unknown ids are remembered too, see KeySecrets. */
  private readonly cache = new ShortCache<KeyOnFile | undefined>({ ttlMs: 500, maxEntries: 10_000, clock: systemClock });

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly secrets: KeySecrets,
    private readonly uses: RecordKeyUse,
  ) {}

  /** @throws DomainError 401, 403 or 400, see readAuthorization and judgeApiKey */
  async execute({ authorization, ...shown }: Caller): Promise<Principal> {
    const parts = readAuthorization(authorization);
    const onFile = await this.cache.get(parts.keyId, () => this.load(parts.keyId));
    const now = systemClock.now();
    const principal = judgeApiKey(onFile, { ...shown, now, matches: this.secrets.matches(parts, onFile?.key, now) });
    this.uses.record(principal.scope, principal.id, now);
    return principal;
  }

  private async load(keyId: string): Promise<KeyOnFile | undefined> {
    const key = await this.keys.findForAuthentication(keyId);
    if (!key) return undefined;
    const organization = await this.organizations.find(TenantScope.of(key.organizationId, key.environment === 'live'));
    return organization && { key, organization };
  }
}
