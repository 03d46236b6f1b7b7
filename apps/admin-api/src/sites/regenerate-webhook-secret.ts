import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import type { WebhookSecretResponse } from './dto/webhook-secret.response.js';
import { SigningSecrets } from './signing-secrets.js';
import { requireAuthority } from './site-authority.js';
import type { SiteAuthority } from './site-authority.js';
import { SitesRepository } from './sites.repository.js';

@Injectable()
export class RegenerateWebhookSecret {
  constructor(
    private readonly changes: Changes,
    private readonly sites: SitesRepository,
    private readonly secrets: SigningSecrets,
  ) {}

  /** @throws DomainError `site_not_found`, `live_mode_required` */
  async execute(
    scope: TenantScope,
    id: string,
    authority: SiteAuthority = 'every_site',
    claim?: IdempotencyClaim,
  ): Promise<WebhookSecretResponse> {
    const siteId = pathId(id, 'site_not_found');
    return this.changes.once(scope, 'site.regenerate_webhook_secret', claim, async (change) => {
      const site = await this.sites.find(scope, siteId, change.session);
      if (!site) throw new DomainError('site_not_found');
      requireAuthority(authority, site);
      const { secrets, previousValidUntil } = this.secrets.renew(siteId, site.signingSecrets, change.now);
      await this.sites.replaceSigningSecrets(scope, siteId, secrets, change.session);
      const resource = { type: 'site', id: siteId, name: site.name };
      await change.record({ action: 'site.webhook_secret_regenerated', scope, resource, after: { previousValidUntil } });
      change.announce(siteSnapshot, siteId);
      return { webhookSecret: this.secrets.reveal(siteId, secrets) ?? '', previousValidUntil: previousValidUntil.toISOString() };
    });
  }
}
