import { Injectable } from '@nestjs/common';
import type { Page } from '@paygate/nest-kit';
import { OrganizationsRepository } from '../organizations/index.js';
import type { Organization } from '../organizations/index.js';
import type { ListSystemOrganizationsQuery } from './dto/list-system-organizations.query.js';

@Injectable()
export class ListSystemOrganizations {
  constructor(private readonly organizations: OrganizationsRepository) {}

  async execute({ status, slug, ...selection }: ListSystemOrganizationsQuery): Promise<Page<Organization>> {
    return this.organizations.findPageForOperators({ status, slug }, selection);
  }
}
