import type { RoutingRule } from '@paygate/payments-domain';

export const IPN_VERSIONS = [1, 2] as const;
export type IpnVersion = (typeof IPN_VERSIONS)[number];

export interface Branding {
  /** https */
  logoUrl?: string;
  /** `#rrggbb` */
  primaryColor?: string;
  /** Of links and what has the focus, `#rrggbb`; the primary colour unless given. */
  accentColor?: string;
}

/** Where a site differs from the numbering of its organization. */
export interface SiteInvoicing {
  invoicePrefix?: string;
  creditNotePrefix?: string;
}

/** A `whsec_` secret, encrypted for its site. Without `validUntil` it is the current one; an older one signs on until then. */
export interface StoredSigningSecret {
  ciphertext: string;
  createdAt: Date;
  validUntil?: Date;
}

/** What can be set on a site. */
export interface SiteSettings {
  name: string;
  active: boolean;
  /** It serves test checkouts only, so that test keys may change it. */
  testOnly: boolean;
  /** Offered on the site's checkouts, in this order. */
  providerIds: string[];
  /** One of `providerIds`: what a buyer finds chosen. */
  defaultProviderId?: string;
  /** Which of them takes which payment, in which order. */
  routing: RoutingRule[];
  branding: Branding;
  ipnVersion: IpnVersion;
  /** A new checkout of the same externalReference replaces the older open ones. */
  supersedeOpenCheckouts: boolean;
  /** Origins whose pages may call the buyer API. */
  allowedOrigins: string[];
  supportEmail?: string;
  invoicing: SiteInvoicing;
}

/** A storefront of an organization: what its checkouts look like, who is paid through, and who is told. */
export interface Site extends SiteSettings {
  id: string;
  organizationId: string;
  signingSecrets: StoredSigningSecret[];
  createdAt: Date;
  updatedAt: Date;
  /** Since then it takes no checkouts and is shown to nobody; its payments in flight are still decided and told. */
  deletedAt?: Date;
}

type Clearable<T> = { [K in keyof T]?: T[K] | null };

/** A change of some settings: what is absent stays, and `null` removes what is optional. */
export type SiteChange = Clearable<Omit<SiteSettings, 'branding' | 'invoicing'>> & {
  branding?: Clearable<Branding>;
  invoicing?: Clearable<SiteInvoicing>;
};

/** The settings alone, for the answer and the audit log. */
export function settingsOf(site: SiteSettings): SiteSettings {
  const { name, active, testOnly, providerIds, defaultProviderId, routing, branding, ipnVersion, supersedeOpenCheckouts, allowedOrigins } =
    site;
  return {
    name,
    active,
    testOnly,
    providerIds,
    defaultProviderId,
    routing,
    branding: { logoUrl: branding.logoUrl, primaryColor: branding.primaryColor, accentColor: branding.accentColor },
    ipnVersion,
    supersedeOpenCheckouts,
    allowedOrigins,
    supportEmail: site.supportEmail,
    invoicing: { invoicePrefix: site.invoicing.invoicePrefix, creditNotePrefix: site.invoicing.creditNotePrefix },
  };
}
