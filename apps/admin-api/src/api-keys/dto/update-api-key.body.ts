import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsDateOrInstant, IsLabel } from '../../validation-rules/index.js';
import { IsAddressList, IsScopeList } from './key-field-rules.js';

/** What is left out stays as it is. */
export class UpdateApiKeyBody {
  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 200, example: 'Web shop' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(200)
  name?: string;

  @ApiPropertyOptional({ type: [String], minItems: 1, maxItems: 200, example: ['checkout:create', 'transaction:read'] })
  @EmptyAsAbsent()
  @IsOptional()
  @IsScopeList()
  scopes?: string[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'When the key ends; null takes the end away. A key that ends itself cannot move an end beyond its own.',
    example: '2027-12-31',
  })
  @IsOptional()
  @IsDateOrInstant()
  expiresAt?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 100,
    description: 'Empty: from anywhere. A key cannot loosen its own list.',
    example: ['203.0.113.0/24'],
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsAddressList()
  ipAllowlist?: string[];
}
