import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';

export class MemberResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439031' }) userId!: string;
  @ApiPropertyOptional({ type: String, example: 'ada@example.com' }) email?: string;
  @ApiPropertyOptional({ type: String, example: 'Ada Lovelace' }) displayName?: string;
  @ApiProperty({ enum: ROLES, example: 'admin' }) role!: Role;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-31T09:30:00.000Z' }) since!: string;
}

export class MemberListResponse {
  @ApiProperty({ type: [MemberResponse] }) members!: MemberResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const MEMBER_EXAMPLE = {
  userId: '507f1f77bcf86cd799439031',
  email: 'ada@example.com',
  displayName: 'Ada Lovelace',
  role: 'admin',
  since: '2026-01-31T09:30:00.000Z',
};
