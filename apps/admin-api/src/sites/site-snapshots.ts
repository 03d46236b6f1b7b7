import { Injectable } from '@nestjs/common';
import { siteSnapshot } from '@paygate/messages';
import type { SiteRoutingRule, SiteSnapshot } from '@paygate/messages';
import type { RoutingRule } from '@paygate/payments-domain';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import type { Site } from './site.js';
import { SitesRepository } from './sites.repository.js';

/**
 * What the other services see of a site. Signing secrets stay encrypted; the dispatcher opens them when it signs. A deleted
 * site is still told of, closed: its payments in flight are decided and their notifications signed.
 */
@Injectable()
export class SiteSnapshots implements SnapshotSource<SiteSnapshot> {
  readonly contract = siteSnapshot;

  constructor(
    private readonly sites: SitesRepository,
    publisher: ConfigurationPublisher,
  ) {
    publisher.register(this);
  }

  async load(id: string): Promise<SiteSnapshot | undefined> {
    const site = await this.sites.findByIdForOperators(id);
    return site && toSnapshot(site);
  }

  async loadAll(): Promise<SiteSnapshot[]> {
    return (await this.sites.listForOperators()).map(toSnapshot);
  }
}

function toSnapshot(site: Site): SiteSnapshot {
  const open = site.deletedAt === undefined;
  return {
    id: site.id,
    organizationId: site.organizationId,
    name: site.name,
    active: open && site.active,
    testOnly: site.testOnly,
    providerIds: open ? site.providerIds : [],
    defaultProviderId: open ? site.defaultProviderId : undefined,
    routing: open ? site.routing.map(toSnapshotRule) : [],
    supersedeOpenCheckouts: site.supersedeOpenCheckouts,
    ipnVersion: site.ipnVersion,
    signingSecrets: site.signingSecrets.map(({ ciphertext, validUntil }) => ({ ciphertext, validUntil: validUntil?.toISOString() })),
    branding: site.branding,
    allowedOrigins: open ? site.allowedOrigins : [],
    supportEmail: site.supportEmail,
  };
}

function toSnapshotRule({ currencies, countries, methods, ...rule }: RoutingRule): SiteRoutingRule {
  return { ...rule, currencies: currencies && [...currencies], countries: countries && [...countries], methods: methods && [...methods] };
}
