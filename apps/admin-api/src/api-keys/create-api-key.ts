import { Injectable } from '@nestjs/common';
import type { IdempotencyClaim } from '@paygate/messages';
import type { Access } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { readAddressList } from './address-list.js';
import { auditedKey, keyDeed } from './audited-key.js';
import type { IssuedApiKeyResponse } from './dto/api-key.response.js';
import type { CreateApiKeyBody } from './dto/create-api-key.body.js';
import { readScopes } from './granted-scopes.js';
import { requireEnvironment, requireGrantable, requireLifetime } from './granting-rules.js';
import { Grantors } from './grantor.js';
import { IssueApiKey } from './issue-api-key.js';
import type { KeyOwner } from './key-owner.js';
import { ownOperation } from './own-operation.js';
import { presentIssuedApiKey } from './present-api-key.js';
import { readExpiry } from './read-expiry.js';

@Injectable()
export class CreateApiKey {
  constructor(
    private readonly changes: Changes,
    private readonly grantors: Grantors,
    private readonly issuing: IssueApiKey,
  ) {}

  /** @throws DomainError `validation_failed`, `live_mode_required`, `scope_not_grantable`, `api_key_limits_exceeded` */
  async execute(
    owner: KeyOwner,
    access: Access,
    body: CreateApiKeyBody,
    claim: IdempotencyClaim | undefined,
  ): Promise<IssuedApiKeyResponse> {
    const scopes = readScopes(owner, body.scopes);
    const ipAllowlist = readAddressList(body.ipAllowlist ?? []);
    requireEnvironment(owner, body.environment);
    return this.changes.once(owner.scope ?? 'platform', ownOperation(owner, 'create', access), claim, async (change) => {
      const grantor = await this.grantors.of(access, change.session, change.now);
      const expiresAt = body.expiresAt === undefined ? undefined : readExpiry(body.expiresAt, change.now);
      requireGrantable(grantor, scopes);
      requireLifetime(grantor, expiresAt);
      const { name, environment } = body;
      const wanted = { name, environment, scopes, ipAllowlist, expiresAt, createdBy: grantor.maker };
      const issued = await this.issuing.execute(owner, wanted, change.session);
      await change.record({ ...keyDeed(owner, 'created', issued.key), after: auditedKey(issued.key) });
      return presentIssuedApiKey(issued, change.now);
    });
  }
}
