import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class ActorResponse {
  @ApiProperty({ enum: ['user', 'api_key', 'system_key', 'system'] }) type!: string;
  @ApiPropertyOptional({ type: String }) id?: string;
  @ApiPropertyOptional({ type: String, description: 'What the actor was called then.' }) name?: string;
}

class ResourceResponse {
  @ApiProperty({ type: String }) type!: string;
  @ApiProperty({ type: String }) id!: string;
  @ApiPropertyOptional({ type: String }) name?: string;
}

class FieldChangeResponse {
  @ApiProperty({ type: String, description: 'Path of the field, e.g. `branding.primaryColor`.' }) field!: string;
  @ApiPropertyOptional({ description: 'Absent: there was no value. Secrets and personal data read `•••`.' }) before?: unknown;
  @ApiPropertyOptional({ description: 'Absent: there is no value any more.' }) after?: unknown;
}

export class AuditEntryResponse {
  @ApiProperty({ type: 'integer', description: 'From 1, without gaps.' }) sequence!: number;
  @ApiProperty({ type: String, format: 'date-time' }) at!: string;
  @ApiProperty({ type: String }) action!: string;
  @ApiProperty({ type: ActorResponse }) actor!: ActorResponse;
  @ApiProperty({ type: ResourceResponse }) resource!: ResourceResponse;
  @ApiProperty({ type: [FieldChangeResponse] }) changes!: FieldChangeResponse[];
  @ApiPropertyOptional({ type: String, description: 'Address of the client.' }) address?: string;
  @ApiPropertyOptional({ type: String }) userAgent?: string;
  @ApiPropertyOptional({ type: String }) requestId?: string;
  @ApiProperty({ type: String, description: 'Seals the entry and everything before it.' }) hash!: string;
}

export class AuditLogResponse {
  @ApiProperty({ type: [AuditEntryResponse] }) entries!: AuditEntryResponse[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) page!: number;
  @ApiProperty({ type: 'integer' }) limit!: number;
  @ApiPropertyOptional({ type: String }) nextCursor?: string;
}

class ChainProblemResponse {
  @ApiProperty({ type: 'integer', description: 'The first entry that is not as it was written.' }) sequence!: number;
  @ApiProperty({
    enum: ['altered', 'broken_link', 'cut_off'],
    description: 'Its content was changed; an entry was removed, added or moved; the newest entries are missing.',
  })
  kind!: string;
}

export class ChainReportResponse {
  @ApiProperty({ type: Boolean }) intact!: boolean;
  @ApiProperty({ type: 'integer', description: 'How many entries were checked.' }) entries!: number;
  @ApiPropertyOptional({ type: ChainProblemResponse }) problem?: ChainProblemResponse;
}

export const ENTRY_EXAMPLE: AuditEntryResponse = {
  sequence: 42,
  at: '2026-03-08T14:00:00.000Z',
  action: 'api_key.updated',
  actor: { type: 'user', id: '507f1f77bcf86cd799439021', name: 'Ada Lovelace' },
  resource: { type: 'api_key', id: '507f1f77bcf86cd799439031', name: 'Shop server' },
  changes: [{ field: 'scopes', before: ['checkout:create'], after: ['checkout:create', 'checkout:read'] }],
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
  requestId: '7d0f4a52-1c1b-4f2e-9f0a-3f5b8a6c2d11',
  hash: 'k1.4bCq2m0pQb5Lw0c3kq1S8J5bV8l0xgk9m0o4mF2n7Zs',
};

export const LOG_EXAMPLE: AuditLogResponse = { entries: [ENTRY_EXAMPLE], total: 42, page: 1, limit: 50 };
export const REPORT_EXAMPLE: ChainReportResponse = { intact: true, entries: 42 };
