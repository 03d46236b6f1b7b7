import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { organizationSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { OrganizationsRepository, recordForBoth } from '../organizations/index.js';
import type { Organization } from '../organizations/index.js';

/** Ends a suspension: keys, members and payment pages work again. */
@Injectable()
export class ResumeOrganization {
  constructor(
    private readonly changes: Changes,
    private readonly organizations: OrganizationsRepository,
  ) {}

  /** Nothing happens when it is active already. @throws DomainError `organization_not_found` */
  async execute(scope: TenantScope): Promise<Organization> {
    return this.changes.run(async (change) => {
      const before = await this.organizations.find(scope, change.session);
      if (!before) throw new DomainError('organization_not_found');
      if (before.status === 'active') return before;
      const after = await this.organizations.resume(scope, change.session);
      if (!after) throw new DomainError('organization_not_found');
      await recordForBoth(change, scope, {
        action: 'organization.resumed',
        resource: { type: 'organization', id: after.id, name: after.name },
        before: { status: 'suspended', reason: before.suspensionReason },
        after: { status: 'active' },
      });
      change.announce(organizationSnapshot, after.id);
      change.accessChanged('organization.resumed');
      return after;
    });
  }
}
