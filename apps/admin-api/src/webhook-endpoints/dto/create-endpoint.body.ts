import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ENDPOINT_FAMILIES, MAX_ENDPOINT_HEADERS } from '@paygate/messages';
import type { EndpointFamily } from '@paygate/messages';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { IsHttpUrl, IsListOfSome, IsObjectList, IsOneOf, IsPlainObject, IsText } from '../../validation-rules/index.js';
import { EVENT_NAMES, FIELDS, IsEndpointSecret, IsFilledText } from './endpoint-fields.js';
import { EndpointCredentialsBody, EndpointHeaderBody } from './endpoint-parts.body.js';

export class CreateEndpointBody {
  @ApiProperty({ enum: ENDPOINT_FAMILIES, description: 'Which bodies and headers its notifications have.', example: 'merchant_webhook' })
  @IsOneOf(ENDPOINT_FAMILIES)
  family!: EndpointFamily;

  @ApiProperty(FIELDS.url)
  @IsHttpUrl()
  url!: string;

  @ApiPropertyOptional(FIELDS.description)
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  description?: string;

  @ApiPropertyOptional(FIELDS.events)
  @EmptyAsAbsent()
  @IsOptional()
  @IsListOfSome(EVENT_NAMES)
  events?: string[];

  @ApiPropertyOptional({ ...FIELDS.headers, type: [EndpointHeaderBody] })
  @EmptyAsAbsent()
  @IsOptional()
  @IsObjectList(MAX_ENDPOINT_HEADERS)
  @ValidateNested({ each: true })
  @Type(() => EndpointHeaderBody)
  headers?: EndpointHeaderBody[];

  @ApiPropertyOptional({ ...FIELDS.credentials, type: EndpointCredentialsBody })
  @EmptyAsAbsent()
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => EndpointCredentialsBody)
  credentials?: EndpointCredentialsBody;

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

  @ApiPropertyOptional({
    type: String,
    maxLength: 64,
    description: 'What bodies of the platform family call the merchant; the id of the organization when it is left out.',
    example: 'merchant_1760000000',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFilledText(64)
  merchantId?: string;
}
