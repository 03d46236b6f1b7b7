import { Injectable } from '@nestjs/common';
import { organizationSnapshot } from '@paygate/messages';
import type { OrganizationSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization } from './organizations.repository.js';

/** What the other services see of an organization. */
@Injectable()
export class OrganizationSnapshots implements SnapshotSource<OrganizationSnapshot> {
  readonly contract = organizationSnapshot;

  constructor(
    private readonly organizations: OrganizationsRepository,
    publisher: ConfigurationPublisher,
  ) {
    publisher.register(this);
  }

  async load(id: string): Promise<OrganizationSnapshot | undefined> {
    const organization = await this.organizations.findByIdForOperators(id);
    return organization && toSnapshot(organization);
  }

  async loadAll(): Promise<OrganizationSnapshot[]> {
    return (await this.organizations.listForOperators()).map(toSnapshot);
  }
}

function toSnapshot({ id, name, status, supportEmail }: Organization): OrganizationSnapshot {
  return { id, name, status, supportEmail };
}
