import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';

export class UserResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439031' }) id!: string;
  @ApiProperty({ type: String, example: 'ada@example.com' }) email!: string;
  @ApiProperty({ type: String, example: 'Ada Lovelace' }) displayName!: string;
  @ApiProperty({ type: Boolean, description: 'May manage the platform itself.' }) globalAdmin!: boolean;
  @ApiProperty({ type: Boolean, description: 'Cannot sign in.' }) disabled!: boolean;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) disabledAt?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-31T09:30:00.000Z' }) createdAt!: string;
}

export class UserListResponse {
  @ApiProperty({ type: [UserResponse] }) users!: UserResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export class UserMembershipResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439041' }) organizationId!: string;
  @ApiProperty({ enum: ROLES, example: 'admin' }) role!: Role;
}

export class UserDetailResponse extends UserResponse {
  @ApiProperty({ type: [UserMembershipResponse] }) memberships!: UserMembershipResponse[];
}

export const PERSON_EXAMPLE = {
  id: '507f1f77bcf86cd799439031',
  email: 'ada@example.com',
  displayName: 'Ada Lovelace',
  globalAdmin: false,
  disabled: false,
  createdAt: '2026-01-31T09:30:00.000Z',
};
