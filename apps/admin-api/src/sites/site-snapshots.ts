import { Injectable } from '@nestjs/common';
import { siteSnapshot } from '@paygate/messages';
import type { SiteSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import { SitesRepository } from './sites.repository.js';
import type { Site } from './sites.repository.js';

/** What the other services see of a site. Signing secrets stay encrypted; the dispatcher opens them when it signs. */
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

function toSnapshot({ signingSecrets, branding, ...site }: Site): SiteSnapshot {
  return {
    ...site,
    branding: { logoUrl: branding.logoUrl, primaryColor: branding.primaryColor },
    signingSecrets: signingSecrets.map(({ ciphertext, validUntil }) => ({ ciphertext, validUntil: validUntil?.toISOString() })),
  };
}
