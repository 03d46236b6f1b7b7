import { Injectable } from '@nestjs/common';
import { DomainError, systemClock, TenantScope } from '@paygate/kernel';
import { OrganizationDirectory } from '../organizations/index.js';
import { InboxRepository } from './inbox.repository.js';
import { receivedRequest } from './received-request.js';
import type { Arrival } from './received-request.js';

@Injectable()
export class ReceiveRequest {
  constructor(
    private readonly organizations: OrganizationDirectory,
    private readonly inbox: InboxRepository,
  ) {}

  /**
   * Keeps what was sent to an organization's test receiver.
   * @returns its id in the inbox
   * @throws DomainError `organization_not_found`, also for one that is suspended
   */
  async execute(slug: string, arrival: Arrival): Promise<string> {
    const organization = await this.organizations.findBySlug(slug.toLowerCase());
    if (organization?.status !== 'active') throw new DomainError('organization_not_found');
    // The inbox has no mode; live stands for the organization as a whole.
    return this.inbox.add(TenantScope.of(organization.id, true), receivedRequest(arrival, systemClock.now()));
  }
}
