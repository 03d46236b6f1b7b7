import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { FieldEncryption } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { domainSnapshot, encryptionContext, organizationSnapshot, providerSnapshot, siteSnapshot, taxSnapshot } from '@paygate/messages';
import type { DomainSnapshot, OrganizationSnapshot, ProviderSnapshot, SiteSnapshot, TaxSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import type { SnapshotView } from '@paygate/messaging-kit';
import { ProviderRegistry } from '../providers/index.js';
import type { ProviderAccount } from '../providers/index.js';
import { readCredentials } from './read-credentials.js';

/** How long a site the bucket has not told us of yet is waited for: it may have been created a moment ago. */
const SITE_PATIENCE_MS = 1_000;

/** A provider account whose credentials are still encrypted. */
type SealedAccount = Pick<ProviderSnapshot, 'id' | 'organizationId' | 'type' | 'livemode' | 'credentials'>;

/**
 * What admin-api has configured, kept in memory from the configuration bucket, so that buyers can pay while admin-api is
 * down. Before `onModuleInit` has ended there is nothing to read.
 */
@Injectable()
export class Configuration implements OnModuleInit {
  private organizations!: SnapshotView<OrganizationSnapshot>;
  private sites!: SnapshotView<SiteSnapshot>;
  private providers!: SnapshotView<ProviderSnapshot>;
  private domains!: SnapshotView<DomainSnapshot>;
  private taxes!: SnapshotView<TaxSnapshot>;

  constructor(
    private readonly bucket: ConfigBucket,
    private readonly encryption: FieldEncryption,
    private readonly registry: ProviderRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.organizations = await this.bucket.watch(organizationSnapshot);
    this.sites = await this.bucket.watch(siteSnapshot);
    this.providers = await this.bucket.watch(providerSnapshot);
    this.domains = await this.bucket.watch(domainSnapshot);
    this.taxes = await this.bucket.watch(taxSnapshot);
  }

  organization(id: string): OrganizationSnapshot | undefined {
    return this.organizations.get(id);
  }

  site(id: string): SiteSnapshot | undefined {
    return this.sites.get(id);
  }

  provider(id: string): ProviderSnapshot | undefined {
    return this.providers.get(id);
  }

  /** An organization's tax configuration; undefined for those that never enabled tax. */
  tax(organizationId: string): TaxSnapshot | undefined {
    return this.taxes.get(organizationId);
  }

  /** The merchant's domain behind a host name, when it leads here for certain and its organization is not suspended. */
  verifiedDomain(host: string): DomainSnapshot | undefined {
    const name = host.toLowerCase();
    const found = this.domains.values().find(({ domain, verified }) => verified && domain === name);
    return found && this.organization(found.organizationId)?.status === 'active' ? found : undefined;
  }

  /**
   * The tenant's site, when payments may be taken on it.
   * @throws DomainError site_not_found (also for another organization's), site_inactive, organization_suspended,
   *   service_unavailable while the organization itself is not known yet
   */
  async activeSite(scope: TenantScope, siteId: string): Promise<SiteSnapshot> {
    const site = this.site(siteId) ?? (await this.siteSoon(siteId));
    if (site?.organizationId !== scope.organizationId) throw new DomainError('site_not_found');
    const organization = this.organization(site.organizationId);
    if (!organization) throw new DomainError('service_unavailable');
    if (organization.status !== 'active') throw new DomainError('organization_suspended');
    if (!isOpenFor(site, scope.livemode)) throw new DomainError('site_inactive');
    return site;
  }

  /** Whether payments of a mode may be started on the site: neither it nor its organization is stopped. */
  takesPayments(site: SiteSnapshot, livemode: boolean): boolean {
    return isOpenFor(site, livemode) && this.organization(site.organizationId)?.status === 'active';
  }

  /**
   * The providers a buyer may choose from, in the site's order: of the same organization, enabled, of the checkout's mode,
   * and of a type we can talk to. None when the site or its organization takes no payments of that mode.
   */
  providersFor(site: SiteSnapshot, livemode: boolean): ProviderSnapshot[] {
    if (!this.takesPayments(site, livemode)) return [];
    const { organizationId } = site;
    return site.providerIds
      .flatMap((id) => this.provider(id) ?? [])
      .filter((provider) => this.isUsable(provider, { organizationId, livemode }));
  }

  /** Every provider of the tenant that could take payments, whether or not a site offers it. */
  usableProviders(scope: TenantScope): ProviderSnapshot[] {
    return this.providers.values().filter((provider) => this.isUsable(provider, scope));
  }

  private isUsable(provider: ProviderSnapshot, { organizationId, livemode }: Pick<TenantScope, 'organizationId' | 'livemode'>): boolean {
    if (provider.organizationId !== organizationId || provider.livemode !== livemode) return false;
    return provider.enabled && this.canUse(provider.type, livemode);
  }

  /**
   * A provider with its credentials decrypted. Do not keep it: credentials stay in memory no longer than they are used.
   * A disabled provider still has an account, because its payments in flight must be decided.
   */
  account(providerId: string): ProviderAccount | undefined {
    const provider = this.provider(providerId);
    return provider && this.openAccount(provider);
  }

  /** @throws DecryptionError, TypeError when the credentials cannot be read */
  openAccount({ id, organizationId, type, livemode, credentials }: SealedAccount): ProviderAccount {
    const json = this.encryption.decrypt(credentials, encryptionContext.providerCredentials(id));
    return { id, organizationId, type, livemode, credentials: readCredentials(json) };
  }

  /** Every origin some site lets call the runtime API. */
  isAllowedOriginOfAnySite(origin: string): boolean {
    return this.sites.values().some((site) => site.allowedOrigins.includes(origin));
  }

  private canUse(type: string, livemode: boolean): boolean {
    const adapter = this.registry.get(type);
    return adapter !== undefined && !(livemode && adapter.testModeOnly);
  }

  private async siteSoon(siteId: string): Promise<SiteSnapshot | undefined> {
    return new Promise((resolve) => {
      const done = (site: SiteSnapshot | undefined): void => {
        clearTimeout(timer);
        stop();
        resolve(site);
      };
      const timer = setTimeout(() => done(undefined), SITE_PATIENCE_MS);
      const stop = this.sites.onChange((id, site) => {
        if (id === siteId && site) done(site);
      });
    });
  }
}

/** A site for tests has nothing to do with live checkouts, also with those that were opened before it became one. */
function isOpenFor({ active, testOnly = false }: SiteSnapshot, livemode: boolean): boolean {
  return active && !(testOnly && livemode);
}
