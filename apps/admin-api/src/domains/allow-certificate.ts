import { Injectable } from '@nestjs/common';
import { OrganizationDirectory } from '../organizations/index.js';
import { DomainsRepository } from './domains.repository.js';
import { canonicalHostName } from './host-name.js';

/** Whether the reverse proxy may get a certificate for a host. Asked by strangers too, before anything is encrypted. */
@Injectable()
export class AllowCertificate {
  constructor(
    private readonly domains: DomainsRepository,
    private readonly organizations: OrganizationDirectory,
  ) {}

  async execute(host: unknown): Promise<boolean> {
    const domain = canonicalHostName(host);
    const organizationId = domain === undefined ? undefined : await this.domains.ownerOfVerifiedForOperators(domain);
    const organization = organizationId === undefined ? undefined : await this.organizations.find(organizationId);
    return organization?.status === 'active';
  }
}
