import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes, refuseDuplicate } from '../changes/index.js';
import type { CreatedSiteResponse } from './dto/site.response.js';
import { OfferedProviders, requireOffered } from './offered-providers.js';
import { presentSite } from './present-site.js';
import { canonicalRules } from './routing-rules.js';
import { SigningSecrets } from './signing-secrets.js';
import { settingsOf } from './site.js';
import type { SiteSettings } from './site.js';
import { requireAuthority } from './site-authority.js';
import type { SiteAuthority } from './site-authority.js';
import { SitesRepository } from './sites.repository.js';

/** What is not given has the usual value. */
export type NewSite = Pick<SiteSettings, 'name'> & Partial<SiteSettings>;

export interface SiteCreation {
  authority?: SiteAuthority;
  claim?: IdempotencyClaim;
}

@Injectable()
export class CreateSite {
  constructor(
    private readonly changes: Changes,
    private readonly sites: SitesRepository,
    private readonly offered: OfferedProviders,
    private readonly secrets: SigningSecrets,
  ) {}

  /**
   * The answer is the only one with the signing secret.
   * @throws DomainError `already_exists` for a name in use, `validation_failed` for providers of others, `live_mode_required`
   */
  async execute(scope: TenantScope, wanted: NewSite, { authority = 'every_site', claim }: SiteCreation = {}): Promise<CreatedSiteResponse> {
    const asked = completed(wanted, authority);
    requireAuthority(authority, asked);
    if (asked.defaultProviderId !== undefined) requireOffered(asked.defaultProviderId, asked.providerIds);
    return this.changes.once(scope, 'site.create', claim, async (change) => {
      const offered = await this.offered.require(scope, asked.providerIds, change.session);
      const settings = { ...asked, routing: canonicalRules(asked.routing, offered) };
      const id = newObjectId();
      const signingSecrets = [this.secrets.generate(id, change.now)];
      const site = await refuseDuplicate('name', () => this.sites.insert(scope, { ...settings, id, signingSecrets }, change.session));
      await change.record({ action: 'site.created', scope, resource: { type: 'site', id, name: site.name }, after: settings });
      change.announce(siteSnapshot, id);
      // The id was asked for before it existed, perhaps.
      change.accessChanged('site.created');
      return Object.assign(presentSite(site), { webhookSecret: this.secrets.reveal(id, signingSecrets) ?? '' });
    });
  }
}

function completed(wanted: NewSite, authority: SiteAuthority): SiteSettings {
  return settingsOf({
    name: wanted.name,
    active: wanted.active ?? true,
    testOnly: wanted.testOnly ?? authority === 'test_sites',
    providerIds: wanted.providerIds ?? [],
    defaultProviderId: wanted.defaultProviderId,
    routing: wanted.routing ?? [],
    branding: wanted.branding ?? {},
    ipnVersion: wanted.ipnVersion ?? 2,
    supersedeOpenCheckouts: wanted.supersedeOpenCheckouts ?? true,
    allowedOrigins: wanted.allowedOrigins ?? [],
    supportEmail: wanted.supportEmail,
    invoicing: wanted.invoicing ?? {},
  });
}
