import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import {
  EmptyArrayAsAbsent,
  EmptyClears,
  IfGiven,
  IsEmailAddress,
  IsFlag,
  IsId,
  IsIdList,
  IsObjectList,
  IsOriginList,
  IsPlainObject,
  rule,
} from '../../validation-rules/index.js';
import { IPN_VERSIONS } from '../site.js';
import type { IpnVersion } from '../site.js';
import { BrandingBody } from './branding.body.js';
import { RoutingRuleBody } from './routing-rule.body.js';
import { FIELDS, MAX_ORIGINS, MAX_PROVIDERS, MAX_ROUTING_RULES } from './site-fields.js';
import { SiteInvoicingBody } from './site-invoicing.body.js';

/** What creating and changing a site have in common. */
export class SiteSettingsBody {
  @ApiPropertyOptional(FIELDS.active)
  @IfGiven()
  @IsFlag()
  active?: boolean;

  @ApiPropertyOptional(FIELDS.testOnly)
  @IfGiven()
  @IsFlag()
  testOnly?: boolean;

  @ApiPropertyOptional(FIELDS.providerIds)
  @IfGiven()
  @IsIdList(MAX_PROVIDERS)
  providerIds?: string[];

  @ApiPropertyOptional({ ...FIELDS.defaultProviderId, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsId()
  defaultProviderId?: string | null;

  @ApiPropertyOptional({ ...FIELDS.routing, type: [RoutingRuleBody] })
  @IfGiven()
  @IsObjectList(MAX_ROUTING_RULES)
  @ValidateNested({ each: true })
  @Type(() => RoutingRuleBody)
  routing?: RoutingRuleBody[];

  @ApiPropertyOptional({ type: BrandingBody })
  @EmptyArrayAsAbsent()
  @IfGiven()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => BrandingBody)
  branding?: BrandingBody;

  @ApiPropertyOptional(FIELDS.ipnVersion)
  @IfGiven()
  @IsIpnVersion()
  ipnVersion?: IpnVersion;

  @ApiPropertyOptional(FIELDS.supersedeOpenCheckouts)
  @IfGiven()
  @IsFlag()
  supersedeOpenCheckouts?: boolean;

  @ApiPropertyOptional(FIELDS.allowedOrigins)
  @IfGiven()
  @IsOriginList(MAX_ORIGINS)
  allowedOrigins?: string[];

  @ApiPropertyOptional({ ...FIELDS.supportEmail, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsEmailAddress()
  supportEmail?: string | null;

  @ApiPropertyOptional({ type: SiteInvoicingBody })
  @EmptyArrayAsAbsent()
  @IfGiven()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => SiteInvoicingBody)
  invoicing?: SiteInvoicingBody;
}

function IsIpnVersion(): PropertyDecorator {
  return rule('one_of', IPN_VERSIONS.join(' or '), (value) => IPN_VERSIONS.some((version) => version === value));
}
