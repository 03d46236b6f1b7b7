import { ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_ENDPOINT_HEADERS } from '@paygate/messages';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { EmptyClears, IfGiven, IsHttpUrl, IsListOfSome, IsObjectList, IsPlainObject, IsText } from '../../validation-rules/index.js';
import { EVENT_NAMES, FIELDS } from './endpoint-fields.js';
import { ChangedEndpointHeaderBody, EndpointCredentialsBody } from './endpoint-parts.body.js';

/** Fields that are left out stay as they are; `null` or an empty text removes an optional one. */
export class UpdateEndpointBody {
  @ApiPropertyOptional(FIELDS.url)
  @IfGiven()
  @IsHttpUrl()
  url?: string;

  @ApiPropertyOptional({ ...FIELDS.description, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsText(500)
  description?: string | null;

  @ApiPropertyOptional(FIELDS.events)
  @IfGiven()
  @IsListOfSome(EVENT_NAMES)
  events?: string[];

  @ApiPropertyOptional({
    type: [ChangedEndpointHeaderBody],
    description: `${FIELDS.headers.description} Takes the place of all headers there are.`,
  })
  @IfGiven()
  @IsObjectList(MAX_ENDPOINT_HEADERS)
  @ValidateNested({ each: true })
  @Type(() => ChangedEndpointHeaderBody)
  headers?: ChangedEndpointHeaderBody[];

  @ApiPropertyOptional({ ...FIELDS.credentials, type: EndpointCredentialsBody, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => EndpointCredentialsBody)
  credentials?: EndpointCredentialsBody | null;
}
