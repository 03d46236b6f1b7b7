import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { ORGANIZATION_STATUSES } from '../../organizations/index.js';
import type { OrganizationStatus } from '../../organizations/index.js';
import { IsOneOf } from '../../validation-rules/index.js';
import { IsSlug } from './slug-rule.js';

export class ListSystemOrganizationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ORGANIZATION_STATUSES, example: 'active' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(ORGANIZATION_STATUSES)
  status?: OrganizationStatus;

  @ApiPropertyOptional({ type: String, example: 'example-shop' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsSlug()
  slug?: string;
}
