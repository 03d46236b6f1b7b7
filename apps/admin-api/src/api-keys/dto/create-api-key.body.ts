import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsDateOrInstant, IsLabel, IsOneOf } from '../../validation-rules/index.js';
import { ENVIRONMENTS } from '../api-key.schema.js';
import type { Environment } from '../api-key.schema.js';
import { IsAddressList, IsScopeList } from './key-field-rules.js';

export class CreateApiKeyBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 200, example: 'Web shop' })
  @IsLabel(200)
  name!: string;

  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: 200,
    description: 'Entries of `GET /api/v1/scopes`, `resource:*` or `*`. None that its maker lacks.',
    example: ['checkout:create', 'transaction:read'],
  })
  @IsScopeList()
  scopes!: string[];

  @ApiProperty({ enum: ENVIRONMENTS, description: 'Which data the key works with; it cannot be changed later.', example: 'test' })
  @IsOneOf(ENVIRONMENTS)
  environment!: Environment;

  @ApiPropertyOptional({
    type: String,
    description: 'When the key ends; a plain date means its whole day in UTC. Made by a key that ends itself, it must not end later.',
    example: '2027-12-31',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  expiresAt?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 100,
    description: 'IPv4 and IPv6 addresses and CIDR ranges the key works from; empty or left out: from anywhere.',
    example: ['203.0.113.0/24'],
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsAddressList()
  ipAllowlist?: string[];
}
