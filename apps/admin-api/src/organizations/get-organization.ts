import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization } from './organizations.repository.js';

@Injectable()
export class GetOrganization {
  constructor(private readonly organizations: OrganizationsRepository) {}

  /** @throws DomainError `organization_not_found` */
  async execute(scope: TenantScope): Promise<Organization> {
    const organization = await this.organizations.find(scope);
    if (!organization) throw new DomainError('organization_not_found');
    return organization;
  }
}
