import { Injectable } from '@nestjs/common';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { organizationSnapshot } from '@paygate/messages';
import { Changes, refuseDuplicate } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { canonicalEmail } from '../users/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization } from './organizations.repository.js';
import { recordForBoth } from './record-for-both.js';

export interface NewOrganization {
  name: string;
  slug: string;
  supportEmail?: string;
}

@Injectable()
export class CreateOrganization {
  constructor(
    private readonly changes: Changes,
    private readonly organizations: OrganizationsRepository,
  ) {}

  /** @throws DomainError `already_exists` when the slug is taken */
  async execute(wanted: NewOrganization): Promise<Organization> {
    return this.changes.run((change) => this.within(change, wanted));
  }

  /** As a part of a change that does more. @throws DomainError `already_exists` when the slug is taken */
  async within(change: Change, { name, slug, supportEmail }: NewOrganization): Promise<Organization> {
    const wanted = {
      id: newObjectId(change.now),
      name,
      slug,
      status: 'active',
      ...(supportEmail === undefined ? {} : { supportEmail: canonicalEmail(supportEmail) }),
    } as const;
    const created = await refuseDuplicate('slug', () => this.organizations.insertForOperators(wanted, change.session));
    const { id, ...after } = wanted;
    await recordForBoth(change, TenantScope.of(id, true), {
      action: 'organization.created',
      resource: { type: 'organization', id, name },
      after,
    });
    change.announce(organizationSnapshot, id);
    return created;
  }
}
