import { Injectable } from '@nestjs/common';
import { newObjectId, systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { SigningSecrets } from './signing-secrets.js';
import type { Branding, IpnVersion } from './site.schema.js';
import { SitesRepository } from './sites.repository.js';
import type { Site } from './sites.repository.js';

export interface NewSite {
  name: string;
  providerIds?: string[];
  branding?: Branding;
  ipnVersion?: IpnVersion;
  supersedeOpenCheckouts?: boolean;
  allowedOrigins?: string[];
  supportEmail?: string;
}

@Injectable()
export class CreateSite {
  constructor(
    private readonly sites: SitesRepository,
    private readonly secrets: SigningSecrets,
    private readonly publisher: ConfigurationPublisher,
  ) {}

  async execute(scope: TenantScope, wanted: NewSite): Promise<Site> {
    const id = newObjectId();
    const site: Site = {
      id,
      organizationId: scope.organizationId,
      active: true,
      name: wanted.name,
      providerIds: wanted.providerIds ?? [],
      branding: wanted.branding ?? {},
      ipnVersion: wanted.ipnVersion ?? 2,
      supersedeOpenCheckouts: wanted.supersedeOpenCheckouts ?? true,
      allowedOrigins: wanted.allowedOrigins ?? [],
      signingSecrets: [this.secrets.generate(id, systemClock.now())],
      supportEmail: wanted.supportEmail,
    };
    await this.sites.insert(scope, site);
    await this.publisher.publish(siteSnapshot, id);
    return site;
  }
}
