import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ORGANIZATION_EXAMPLE, OrganizationResponse } from '../../organizations/index.js';

export class SystemOrganizationResponse extends OrganizationResponse {
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-01T08:00:00.000Z' }) suspendedAt?: string;
  @ApiPropertyOptional({ type: String, example: 'Requested by the bank' }) suspensionReason?: string;
}

export class SystemOrganizationListResponse {
  @ApiProperty({ type: [SystemOrganizationResponse] }) organizations!: SystemOrganizationResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const SUSPENDED_EXAMPLE = {
  ...ORGANIZATION_EXAMPLE,
  status: 'suspended',
  suspendedAt: '2026-03-01T08:00:00.000Z',
  suspensionReason: 'Requested by the bank',
};
