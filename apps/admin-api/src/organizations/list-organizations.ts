import { Injectable } from '@nestjs/common';
import type { PageSelection } from '@paygate/data-kit';
import type { Page, Role } from '@paygate/nest-kit';
import type { Principal } from '../access/index.js';
import { MembersRepository } from '../members/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization } from './organizations.repository.js';

/** An organization the caller may act for. */
export interface OwnOrganization {
  organization: Organization;
  /** A person's role in it. */
  role?: Role;
}

/** The organizations a caller may act for. A system key may act for every one, so it gets them all. */
@Injectable()
export class ListOrganizations {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly members: MembersRepository,
  ) {}

  async execute(principal: Principal, selection: PageSelection): Promise<Page<OwnOrganization>> {
    switch (principal.kind) {
      case 'system_key':
        return this.page(undefined, selection);
      case 'api_key':
        return this.page(new Map([[principal.organizationId, undefined]]), selection);
      case 'user': {
        const memberships = await this.members.listOfUserForOperators(principal.id);
        return this.page(new Map(memberships.map(({ organizationId, role }) => [organizationId, role])), selection);
      }
    }
  }

  private async page(roles: ReadonlyMap<string, Role | undefined> | undefined, selection: PageSelection): Promise<Page<OwnOrganization>> {
    const filter = roles === undefined ? {} : { ids: [...roles.keys()] };
    const { items, ...page } = await this.organizations.findPageForOperators(filter, selection);
    return { ...page, items: items.map((organization) => ({ organization, role: roles?.get(organization.id) })) };
  }
}
