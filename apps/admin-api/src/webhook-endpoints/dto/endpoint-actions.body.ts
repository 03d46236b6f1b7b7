import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId, IsIntegerWithin } from '../../validation-rules/index.js';
import { IsEndpointSecret } from './endpoint-fields.js';

export class RotateEndpointSecretBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 168,
    default: 24,
    description: 'How long the old secret keeps signing beside the new one; 0 for a secret that has leaked.',
    example: 24,
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsIntegerWithin(0, 168)
  overlapHours?: number;

  @ApiPropertyOptional({
    type: String,
    minLength: 20,
    maxLength: 200,
    description: 'A secret you have already; one is made when it is left out.',
    example: 'whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEndpointSecret()
  secret?: string;
}

export class TestEndpointBody {
  @ApiPropertyOptional({
    type: String,
    description: 'Tells the endpoint of this transaction as it is now. Left out: the family’s test notification.',
    example: '507f1f77bcf86cd799439021',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  transactionId?: string;
}
