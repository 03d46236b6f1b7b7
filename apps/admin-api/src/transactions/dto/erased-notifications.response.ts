import { ApiProperty } from '@nestjs/swagger';

export class ErasedNotificationsResponse {
  @ApiProperty({ type: 'integer', description: 'Notifications without content now; they cannot be sent again.', example: 3 })
  erased!: number;
  @ApiProperty({ type: 'integer', description: 'Still on their way, with their content. Ask again when they have arrived.', example: 0 })
  underWay!: number;
}

export const ERASED_NOTIFICATIONS_EXAMPLE: ErasedNotificationsResponse = { erased: 3, underWay: 0 };
