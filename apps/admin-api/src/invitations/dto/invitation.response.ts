import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';

export class InvitationResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439051' }) id!: string;
  @ApiProperty({ type: String, example: 'grace@example.com' }) email!: string;
  @ApiPropertyOptional({ enum: ROLES, description: 'In the organization; absent in invitations to the platform.', example: 'editor' })
  role?: Role;
  @ApiPropertyOptional({ type: Boolean, description: 'In invitations to the platform.' }) globalAdmin?: boolean;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-02-07T09:30:00.000Z' }) expiresAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-31T09:30:00.000Z' }) createdAt!: string;
}

export class CreatedInvitationResponse extends InvitationResponse {
  @ApiProperty({
    type: String,
    description: 'The link to hand to the person. It is shown this once and cannot be read again.',
    example: 'https://api.example.com/sign-in#invitation=8sJ3c7mL…',
  })
  invitationUrl!: string;
}

export class InvitationListResponse {
  @ApiProperty({ type: [InvitationResponse] }) invitations!: InvitationResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

/** What the person is now. */
export class AcceptedInvitationResponse {
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439041' }) organizationId?: string;
  @ApiPropertyOptional({ enum: ROLES, example: 'editor' }) role?: Role;
  @ApiPropertyOptional({ type: Boolean }) globalAdmin?: boolean;
}

export const INVITATION_EXAMPLE = {
  id: '507f1f77bcf86cd799439051',
  email: 'grace@example.com',
  role: 'editor',
  expiresAt: '2026-02-07T09:30:00.000Z',
  createdAt: '2026-01-31T09:30:00.000Z',
};

export const PLATFORM_INVITATION_EXAMPLE = {
  id: '507f1f77bcf86cd799439052',
  email: 'grace@example.com',
  globalAdmin: true,
  expiresAt: '2026-02-07T09:30:00.000Z',
  createdAt: '2026-01-31T09:30:00.000Z',
};

export const INVITATION_URL_EXAMPLE = 'https://api.example.com/sign-in#invitation=8sJ3c7mL…';
