import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Transform, Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { canonicalLocale, IsFlag, IsLabel, IsLocaleTag, IsPlainObject, IsTimezone } from '../../validation-rules/index.js';

export class NotificationPreferencesBody {
  @ApiPropertyOptional({ type: Boolean, example: false })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  paymentSucceeded?: boolean;

  @ApiPropertyOptional({ type: Boolean, example: true })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  paymentFailed?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'A notification to a shop was given up.', example: true })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  notificationUndeliverable?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'Passkeys or roles were changed.', example: true })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  securityChanged?: boolean;
}

/** What a person changes about themselves. What is left out stays as it is. */
export class SettingsBody {
  @ApiPropertyOptional({ type: String, maxLength: 100, example: 'Ada Lovelace' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(100)
  displayName?: string;

  @ApiPropertyOptional({ type: String, description: 'BCP 47.', example: 'de-DE' })
  @Transform(({ value }: { value: unknown }) => canonicalLocale(value))
  @EmptyAsAbsent()
  @IsOptional()
  @IsLocaleTag()
  locale?: string;

  @ApiPropertyOptional({ type: String, description: 'IANA name.', example: 'Europe/Berlin' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsTimezone()
  timezone?: string;

  @ApiPropertyOptional({ type: NotificationPreferencesBody, description: 'What to tell about by e-mail.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => NotificationPreferencesBody)
  notifications?: NotificationPreferencesBody;
}
