import { Injectable } from '@nestjs/common';
import { domainSnapshot } from '@paygate/messages';
import type { DomainSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import { DomainsRepository } from './domains.repository.js';
import type { Domain } from './domains.repository.js';

/** What the other services see of a domain. */
@Injectable()
export class DomainSnapshots implements SnapshotSource<DomainSnapshot> {
  readonly contract = domainSnapshot;

  constructor(
    private readonly domains: DomainsRepository,
    publisher: ConfigurationPublisher,
  ) {
    publisher.register(this);
  }

  async load(id: string): Promise<DomainSnapshot | undefined> {
    const domain = await this.domains.findByIdForOperators(id);
    return domain && toSnapshot(domain);
  }

  async loadAll(): Promise<DomainSnapshot[]> {
    return (await this.domains.listForOperators()).map(toSnapshot);
  }
}

function toSnapshot({ id, organizationId, livemode, domain, siteId, status, applePayAssociation }: Domain): DomainSnapshot {
  return { id, organizationId, livemode, domain, siteId, verified: status === 'verified', applePayAssociation };
}
