import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CLIENT_CHANGE_ACTIONS } from '../history/client-change.schema.js';
import type { ClientChangeAction } from '../history/client-change.schema.js';

export class ClientFieldChangeResponse {
  @ApiProperty({ type: String, description: 'Path of the field.', example: 'billingAddress.city' }) field!: string;
  @ApiPropertyOptional({ type: String, description: 'Absent when there was none.', example: 'Berlin' }) before?: unknown;
  @ApiPropertyOptional({ type: String, description: 'Absent when it was taken away.', example: 'Potsdam' }) after?: unknown;
}

/** One change of a client. */
export class ClientChangeResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439015' }) id!: string;
  @ApiProperty({ enum: CLIENT_CHANGE_ACTIONS, example: 'updated' }) action!: ClientChangeAction;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T10:00:00.000Z' }) at!: string;
  @ApiProperty({ type: String, description: 'Kind and id of who did it.', example: 'api_key:507f1f77bcf86cd799439016' }) actor!: string;
  @ApiPropertyOptional({ type: String, example: 'Shop backend' }) actorName?: string;
  @ApiPropertyOptional({ type: String, example: '0b7f7c1e-5d5c-4a3f-9d2c-5d6d7f1a2b3c' }) requestId?: string;
  @ApiProperty({ type: [ClientFieldChangeResponse] }) changes!: ClientFieldChangeResponse[];
}

export class ClientHistoryResponse {
  @ApiProperty({ type: [ClientChangeResponse] }) history!: ClientChangeResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all changes.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const CLIENT_CHANGE_EXAMPLE = {
  id: '507f1f77bcf86cd799439015',
  action: 'updated',
  at: '2026-03-02T10:00:00.000Z',
  actor: 'api_key:507f1f77bcf86cd799439016',
  actorName: 'Shop backend',
  requestId: '0b7f7c1e-5d5c-4a3f-9d2c-5d6d7f1a2b3c',
  changes: [{ field: 'billingAddress.city', before: 'Berlin', after: 'Potsdam' }],
} satisfies ClientChangeResponse;
