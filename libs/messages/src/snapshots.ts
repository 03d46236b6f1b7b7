import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { OnRefusal, PaymentMethod } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsMongoId, IsOptional, IsString, ValidateNested } from 'class-validator';
import { defineSnapshot } from './contract.js';

/** What other services need to know of an organization. */
export class OrganizationSnapshot {
  @IsMongoId() id!: string;
  @IsString() name!: string;
  @IsIn(['active', 'suspended']) status!: 'active' | 'suspended';
  @IsOptional() @IsString() supportEmail?: string;
}

/** A signing secret, encrypted with context `site:<siteId>:signing-secret`. */
export class EncryptedSecret {
  @IsString() ciphertext!: string;
  /** After this instant the secret no longer signs; absent = the current secret. */
  @IsOptional() @IsISO8601() validUntil?: string;
}

export class SiteBranding {
  @IsOptional() @IsString() logoUrl?: string;
  /** `#rrggbb` */
  @IsOptional() @IsString() primaryColor?: string;
  /** Of links and what has the focus, `#rrggbb`; the primary colour unless given. */
  @IsOptional() @IsString() accentColor?: string;
}

/** When a site uses one of its providers; see `RoutingRule` of payments-domain. */
export class SiteRoutingRule {
  @IsMongoId() providerId!: string;
  @IsOptional() @IsArray() @IsString({ each: true }) currencies?: string[];
  /** Minor units of the only currency in `currencies`. */
  @IsOptional() @IsInt() minAmount?: number;
  @IsOptional() @IsInt() maxAmount?: number;
  @IsOptional() @IsArray() @IsString({ each: true }) countries?: string[];
  @IsOptional() @IsArray() @IsIn(PAYMENT_METHODS, { each: true }) methods?: PaymentMethod[];
  @IsOptional() @IsIn(['stop', 'next']) onRefusal?: OnRefusal;
}

export class SiteSnapshot {
  @IsMongoId() id!: string;
  @IsMongoId() organizationId!: string;
  @IsString() name!: string;
  /** A deleted site stays as an inactive one: its payments in flight are still decided and told. */
  @IsBoolean() active!: boolean;
  /** It serves test checkouts only. */
  @IsOptional() @IsBoolean() testOnly?: boolean;
  /** Providers offered on the site's checkouts, in order. */
  @IsArray() @IsMongoId({ each: true }) providerIds!: string[];
  /** The one a buyer finds chosen. */
  @IsOptional() @IsMongoId() defaultProviderId?: string;
  /** Which provider takes which payment, and in which order. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => SiteRoutingRule) routing?: SiteRoutingRule[];
  /** A new checkout of the same externalReference replaces the older open ones. */
  @IsBoolean() supersedeOpenCheckouts!: boolean;
  @IsIn([1, 2]) ipnVersion!: 1 | 2;
  @IsArray() @ValidateNested({ each: true }) @Type(() => EncryptedSecret) signingSecrets!: EncryptedSecret[];
  @ValidateNested() @Type(() => SiteBranding) branding!: SiteBranding;
  /** Origins whose pages may call the runtime API, e.g. `https://shop.example`. */
  @IsArray() @IsString({ each: true }) allowedOrigins!: string[];
  @IsOptional() @IsString() supportEmail?: string;
}

export class ProviderSnapshot {
  @IsMongoId() id!: string;
  @IsMongoId() organizationId!: string;
  /** `sandbox`, `stripe`, … */
  @IsString() type!: string;
  /** What the buyer reads, e.g. "Card or bank debit". */
  @IsString() label!: string;
  @IsOptional() @IsString() description?: string;
  @IsBoolean() livemode!: boolean;
  /** A deleted provider stays as a disabled one: its payments in flight are still decided. */
  @IsBoolean() enabled!: boolean;
  /** JSON of the credentials, encrypted with context `provider:<providerId>:credentials`. */
  @IsString() credentials!: string;
}

export const organizationSnapshot = defineSnapshot('organization', OrganizationSnapshot);
export const siteSnapshot = defineSnapshot('site', SiteSnapshot);
export const providerSnapshot = defineSnapshot('provider', ProviderSnapshot);

/** Additional data that binds a ciphertext to its place; a secret copied to another record does not decrypt. */
export const encryptionContext = {
  siteSigningSecret: (siteId: string) => `site:${siteId}:signing-secret`,
  providerCredentials: (providerId: string) => `provider:${providerId}:credentials`,
} as const;
