import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { organizationSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { canonicalEmail } from '../users/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization, OrganizationProfile, ProfileChanges } from './organizations.repository.js';
import { recordForBoth } from './record-for-both.js';

/** Changes what an organization says about itself. */
@Injectable()
export class UpdateOrganization {
  constructor(
    private readonly changes: Changes,
    private readonly organizations: OrganizationsRepository,
  ) {}

  /** @param by who: `platform` leaves a trace in the platform's audit log too. @throws DomainError `organization_not_found` */
  async execute(scope: TenantScope, wanted: ProfileChanges, by: 'organization' | 'platform' = 'organization'): Promise<Organization> {
    return this.changes.run(async (change) => {
      const before = await this.organizations.find(scope, change.session);
      const after = before && (await this.organizations.updateProfile(scope, canonical(wanted), change.session));
      if (!after) throw new DomainError('organization_not_found');
      if (!isDeepStrictEqual(profileOf(before), profileOf(after))) await this.tell(change, scope, before, after, by);
      return after;
    });
  }

  private async tell(
    change: Change,
    scope: TenantScope,
    before: Organization,
    after: Organization,
    by: 'organization' | 'platform',
  ): Promise<void> {
    const { id, name } = after;
    const deed = {
      action: 'organization.updated',
      resource: { type: 'organization', id, name },
      before: profileOf(before),
      after: profileOf(after),
    } as const;
    if (by === 'platform') await recordForBoth(change, scope, deed);
    else await change.record({ ...deed, scope });
    change.announce(organizationSnapshot, id);
    // Other instances remember organizations too.
    change.accessChanged('organization.updated');
  }
}

function profileOf({ name, supportEmail, website, country, timezone, defaultLocale, logoUrl }: Organization): OrganizationProfile {
  return { name, supportEmail, website, country, timezone, defaultLocale, logoUrl };
}

/** Field by field: nothing else of a body gets any further. */
function canonical({ name, supportEmail, website, country, timezone, defaultLocale, logoUrl }: ProfileChanges): ProfileChanges {
  return {
    name,
    supportEmail: supportEmail && canonicalEmail(supportEmail),
    website,
    country: country?.toUpperCase() ?? country,
    timezone,
    defaultLocale,
    logoUrl,
  };
}
