import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { organizationSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { OrganizationsRepository, recordForBoth } from '../organizations/index.js';
import type { Organization } from '../organizations/index.js';

/**
 * Stops everything of an organization at once: its keys, its members and its payment pages. What is already under way at
 * payment providers is still heard, and merchants are still notified.
 */
@Injectable()
export class SuspendOrganization {
  constructor(
    private readonly changes: Changes,
    private readonly organizations: OrganizationsRepository,
  ) {}

  /** Nothing happens when it is suspended already. @throws DomainError `organization_not_found` */
  async execute(scope: TenantScope, reason?: string): Promise<Organization> {
    return this.changes.run(async (change) => {
      const before = await this.organizations.find(scope, change.session);
      if (!before) throw new DomainError('organization_not_found');
      if (before.status === 'suspended') return before;
      const after = await this.organizations.suspend(scope, reason, change.now, change.session);
      if (!after) throw new DomainError('organization_not_found');
      await recordForBoth(change, scope, {
        action: 'organization.suspended',
        resource: { type: 'organization', id: after.id, name: after.name },
        before: { status: 'active' },
        after: { status: 'suspended', reason },
      });
      change.announce(organizationSnapshot, after.id);
      change.accessChanged('organization.suspended');
      return after;
    });
  }
}
