import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_DEFAULTS } from '../../users/index.js';

export class NotificationPreferencesResponse {
  @ApiProperty({ type: Boolean })
  paymentSucceeded!: boolean;

  @ApiProperty({ type: Boolean })
  paymentFailed!: boolean;

  @ApiProperty({ type: Boolean })
  notificationUndeliverable!: boolean;

  @ApiProperty({ type: Boolean })
  securityChanged!: boolean;
}

export class SettingsResponse {
  @ApiProperty({ type: String, description: 'Cannot be changed.' })
  email!: string;

  @ApiProperty({ type: String })
  displayName!: string;

  @ApiProperty({ type: String })
  locale!: string;

  @ApiProperty({ type: String })
  timezone!: string;

  @ApiProperty({ type: NotificationPreferencesResponse })
  notifications!: NotificationPreferencesResponse;
}

export const SETTINGS_EXAMPLE: SettingsResponse = {
  email: 'ada@example.com',
  displayName: 'Ada Lovelace',
  locale: 'de-DE',
  timezone: 'Europe/Berlin',
  notifications: { ...NOTIFICATION_DEFAULTS },
};
