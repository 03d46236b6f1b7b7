import { IsBoolean, IsMongoId, IsOptional, IsString } from 'class-validator';
import { defineSnapshot } from './contract.js';

/** A host name of a merchant that leads to the payment pages. */
export class DomainSnapshot {
  @IsMongoId() id!: string;
  @IsMongoId() organizationId!: string;
  @IsBoolean() livemode!: boolean;
  /** Lower case, international names in Punycode. */
  @IsString() domain!: string;
  @IsOptional() @IsMongoId() siteId?: string;
  /** Only then may anything be served at it. */
  @IsBoolean() verified!: boolean;
  /** The file by which Apple Pay knows the domain. */
  @IsOptional() @IsString() applePayAssociation?: string;
}

export const domainSnapshot = defineSnapshot('domain', DomainSnapshot);
