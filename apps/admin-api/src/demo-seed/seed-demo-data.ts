import { Injectable } from '@nestjs/common';
import { randomToken, systemClock, TenantScope } from '@paygate/kernel';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import { ApiKeysRepository, IssueApiKey, KeyOwner } from '../api-keys/index.js';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { CreateOrganization, OrganizationsRepository } from '../organizations/index.js';
import type { Organization } from '../organizations/index.js';
import { CreateProvider, ProviderCredentials, ProvidersRepository, UpdateProvider } from '../providers/index.js';
import { CreateSite, SigningSecrets, SitesRepository } from '../sites/index.js';

const ORGANIZATION = { name: 'Demo organization', slug: 'demo', supportEmail: 'support@demo.example' };
const SITE = { name: 'Demo shop', branding: { primaryColor: '#1f6feb' }, supportEmail: 'support@demo.example' };
const PROVIDER = { type: 'sandbox', label: 'Card or bank debit (sandbox)', description: 'Test payments; no money moves.' };
const KEY = {
  name: 'Demo key',
  environment: 'test' as const,
  scopes: ['checkout:*', 'transaction:*', 'webhook:*', 'tax_record:*', 'tax_report:*'],
};

export interface SeedWish {
  /** Where the sandbox provider answers now. */
  sandboxBaseUrl: string;
  /** Replace the key: its secret is lost, since it is shown only once. */
  newKey: boolean;
}

export interface DemoData {
  organizationId: string;
  siteId: string;
  providerId: string;
  ipnSigningSecret: string | undefined;
  /** Present when a key was made by this run. */
  apiKey?: string;
}

/** Creates what a first look at the platform needs. Each step looks first, so a run that was cut short is completed by the next. */
@Injectable()
export class SeedDemoData {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly createOrganization: CreateOrganization,
    private readonly providers: ProvidersRepository,
    private readonly credentials: ProviderCredentials,
    private readonly createProvider: CreateProvider,
    private readonly updateProvider: UpdateProvider,
    private readonly sites: SitesRepository,
    private readonly createSite: CreateSite,
    private readonly signingSecrets: SigningSecrets,
    private readonly keys: ApiKeysRepository,
    private readonly issueApiKey: IssueApiKey,
    private readonly publisher: ConfigurationPublisher,
  ) {}

  async execute(wish: SeedWish): Promise<DemoData> {
    const organization = await this.organization();
    const scope = TenantScope.of(organization.id, false);
    const providerId = await this.provider(scope, wish.sandboxBaseUrl);
    const { siteId, ipnSigningSecret } = await this.site(scope, providerId);
    const apiKey = await this.apiKey(scope, wish.newKey);
    // Also when nothing was created: the bucket may be younger than the database.
    await this.publisher.reconcile();
    return {
      organizationId: organization.id,
      siteId,
      providerId,
      ipnSigningSecret,
      ...(apiKey === undefined ? {} : { apiKey }),
    };
  }

  private async organization(): Promise<Organization> {
    return (await this.organizations.findBySlugForOperators(ORGANIZATION.slug)) ?? this.createOrganization.execute(ORGANIZATION);
  }

  private async provider(scope: TenantScope, baseUrl: string): Promise<string> {
    const known = await this.providers.findByLabel(scope, PROVIDER.type, PROVIDER.label);
    if (!known) {
      const secrets = { secretKey: `sbx_${randomToken(32)}`, webhookSecret: generateSigningSecret() };
      return (await this.createProvider.execute(scope, { ...PROVIDER, credentials: { baseUrl, ...secrets } })).id;
    }
    const credentials = this.credentials.open(known.id, known.credentials);
    if (credentials['baseUrl'] !== baseUrl) await this.updateProvider.execute(scope, known.id, { credentials: { baseUrl } });
    return known.id;
  }

  private async site(scope: TenantScope, providerId: string): Promise<Pick<DemoData, 'siteId' | 'ipnSigningSecret'>> {
    const known = await this.sites.findByName(scope, SITE.name);
    if (known) return { siteId: known.id, ipnSigningSecret: this.signingSecrets.reveal(known.id, known.signingSecrets) };
    const created = await this.createSite.execute(scope, { ...SITE, providerIds: [providerId] });
    return { siteId: created.id, ipnSigningSecret: created.webhookSecret };
  }

  private async apiKey(scope: TenantScope, renew: boolean): Promise<string | undefined> {
    const owner = KeyOwner.organization(scope);
    if (renew) await this.keys.revokeNamed(owner, KEY.name, systemClock.now());
    else if (await this.keys.hasActiveNamed(owner, KEY.name)) return undefined;
    return (await this.issueApiKey.execute(owner, KEY)).apiKey;
  }
}
