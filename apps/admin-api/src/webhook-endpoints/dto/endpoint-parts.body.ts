import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsText, rule } from '../../validation-rules/index.js';
import { IsFilledText } from './endpoint-fields.js';

const NAME = { type: String, maxLength: 100, example: 'X-Shop-Id' } as const;
const VALUE = { type: String, maxLength: 2000, example: '42' } as const;

function IsHeaderName(): PropertyDecorator {
  const expected = 'the name of an HTTP header, of at most 100 characters';
  return rule('header_name', expected, (value) => typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(value));
}

export class EndpointHeaderBody {
  @ApiProperty(NAME)
  @IsHeaderName()
  name!: string;

  @ApiProperty(VALUE)
  @IsText(2000)
  value!: string;
}

export class ChangedEndpointHeaderBody {
  @ApiProperty(NAME)
  @IsHeaderName()
  name!: string;

  @ApiPropertyOptional({ ...VALUE, description: 'Left out: the value this header has already.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(2000)
  value?: string;
}

export class EndpointCredentialsBody {
  @ApiProperty({ type: String, maxLength: 200, description: 'Without a colon.', example: 'paygate' })
  @IsFilledText(200)
  username!: string;

  @ApiProperty({ type: String, maxLength: 500, example: 'a-long-password' })
  @IsFilledText(500)
  password!: string;
}
