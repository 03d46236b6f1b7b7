import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsTimezone } from '../validation-rules/index.js';
import { IsZonedDate } from './zoned-date.js';

const START = 'First day, as the calendar of `timezone` has it; or an instant with its offset.';
const END = 'Last day, included; or an instant with its offset.';

/** The period of a report. */
export class ZonedPeriodQuery {
  @ApiPropertyOptional({ type: String, description: START, example: '2026-01-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsZonedDate()
  startDate?: string;

  @ApiPropertyOptional({ type: String, description: END, example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsZonedDate()
  endDate?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'IANA time zone that days are meant in; that of the organization’s profile unless given, else UTC.',
    example: 'Europe/Berlin',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsTimezone()
  timezone?: string;
}
