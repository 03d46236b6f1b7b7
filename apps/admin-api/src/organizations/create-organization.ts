import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import { organizationSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization } from './organizations.repository.js';

export interface NewOrganization {
  name: string;
  slug: string;
  supportEmail?: string;
}

@Injectable()
export class CreateOrganization {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly publisher: ConfigurationPublisher,
  ) {}

  async execute(wanted: NewOrganization): Promise<Organization> {
    const organization: Organization = { id: newObjectId(), status: 'active', ...wanted };
    await this.organizations.insertForOperators(organization);
    await this.publisher.publish(organizationSnapshot, organization.id);
    return organization;
  }
}
