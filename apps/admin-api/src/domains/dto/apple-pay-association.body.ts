import { ApiProperty } from '@nestjs/swagger';
import { rule } from '../../validation-rules/index.js';

const MAX_BYTES = 64 * 1024;

export class ApplePayAssociationBody {
  @ApiProperty({
    type: String,
    description: 'The file as Apple hands it out, at most 64 kB of text.',
    example: '7B227073704964223A22…',
  })
  @IsTextFile()
  content!: string;
}

function IsTextFile(): PropertyDecorator {
  return rule('text_file', `text of 1 to ${MAX_BYTES} bytes without control characters other than line breaks and tabs`, isTextFile);
}

function isTextFile(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= MAX_BYTES && !/[^\P{Cc}\r\n\t]/u.test(value);
}
