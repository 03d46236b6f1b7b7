import { Injectable } from '@nestjs/common';
import type { Domain } from './domains.repository.js';
import type { DomainResponse } from './dto/domain.response.js';
import { PlatformHosts } from './platform-hosts.js';

/** A domain as its owner sees it. */
@Injectable()
export class PresentDomain {
  constructor(private readonly hosts: PlatformHosts) {}

  of(domain: Domain): DomainResponse {
    return {
      id: domain.id,
      domain: domain.domain,
      siteId: domain.siteId,
      status: domain.status,
      expectedCname: this.hosts.checkout,
      verifiedAt: domain.verifiedAt?.toISOString(),
      lastCheckedAt: domain.lastCheckedAt?.toISOString(),
      lastCheckError: domain.lastCheckError,
      applePayAssociation: domain.applePayAssociation !== undefined,
      livemode: domain.livemode,
      createdAt: domain.createdAt.toISOString(),
    };
  }
}
