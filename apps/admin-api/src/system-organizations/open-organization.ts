import { Injectable } from '@nestjs/common';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import type { Principal } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { CreateOrganization } from '../organizations/index.js';
import type { NewOrganization } from '../organizations/index.js';
import { AddMember } from './add-member.js';
import type { SystemOrganizationResponse } from './dto/system-organization.response.js';
import { presentSystemOrganization } from './present-system-organization.js';

/** Creates an organization. A person who does so becomes its first Admin; a key leaves it without members. */
@Injectable()
export class OpenOrganization {
  constructor(
    private readonly changes: Changes,
    private readonly creating: CreateOrganization,
    private readonly adding: AddMember,
  ) {}

  /** @throws DomainError `already_exists` when the slug is taken */
  async execute(principal: Principal, wanted: NewOrganization, claim?: IdempotencyClaim): Promise<SystemOrganizationResponse> {
    return this.changes.once('platform', 'organization.create', claim, async (change) => {
      const organization = await this.creating.within(change, wanted);
      if (principal.kind === 'user') {
        await this.adding.within(change, TenantScope.of(organization.id, true), { userId: principal.id, role: 'admin' });
      }
      return presentSystemOrganization(organization);
    });
  }
}
