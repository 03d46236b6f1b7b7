import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { EmptyClears, IsLabel } from '../../validation-rules/index.js';
import { FIELDS } from './site-fields.js';

/** Where a site differs from the numbering of its organization. */
export class SiteInvoicingBody {
  @ApiPropertyOptional({ ...FIELDS.invoicePrefix, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsLabel(20)
  invoicePrefix?: string | null;

  @ApiPropertyOptional({ ...FIELDS.creditNotePrefix, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsLabel(20)
  creditNotePrefix?: string | null;
}
