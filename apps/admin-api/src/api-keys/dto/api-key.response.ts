import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { KEY_STATUSES } from '../api-key.js';
import type { KeyStatus } from '../api-key.js';
import { ENVIRONMENTS, MAKER_KINDS } from '../api-key.schema.js';
import type { Environment, KeyMaker } from '../api-key.schema.js';

export class KeyMakerResponse {
  @ApiProperty({ enum: MAKER_KINDS, example: 'user' }) kind!: KeyMaker['kind'];
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439051' }) id!: string;
  @ApiProperty({ type: String, description: 'What it was called then.', example: 'Ada Lovelace' }) name!: string;
}

/** A key without its secret. Absent fields were not given or have not happened. */
export class ApiKeyResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439041' }) id!: string;
  @ApiProperty({
    type: String,
    description: 'The public part of the key; it stays when the key is rotated.',
    example: 'k3N9pXw2RtYbC8mZq4Vd',
  })
  keyId!: string;

  @ApiProperty({ type: String, description: 'How the key begins.', example: 'sk_test_k3N9pXw2RtYbC8mZq4Vd' }) prefix!: string;
  @ApiProperty({ type: String, example: 'Web shop' }) name!: string;
  @ApiProperty({ enum: ENVIRONMENTS, example: 'test' }) environment!: Environment;
  @ApiProperty({ type: [String], example: ['checkout:create', 'transaction:read'] }) scopes!: string[];
  @ApiProperty({ type: [String], description: 'Empty: usable from anywhere.', example: ['203.0.113.0/24'] }) ipAllowlist!: string[];
  @ApiProperty({ enum: KEY_STATUSES, example: 'active' }) status!: KeyStatus;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2027-12-31T23:59:59.999Z' }) expiresAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) revokedAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'To the minute.' }) lastUsedAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Until then the secret before the last rotation works too.' })
  previousSecretValidUntil?: string;

  @ApiPropertyOptional({ type: KeyMakerResponse, description: 'Absent when the platform made it by itself.' }) createdBy?: KeyMakerResponse;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class IssuedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({
    type: String,
    description: 'The whole key. It is shown this once and cannot be read again.',
    example: 'sk_test_k3N9pXw2RtYbC8mZq4Vd.w7Hc2Kt9…',
  })
  apiKey!: string;
}

export class ApiKeyListResponse {
  @ApiProperty({ type: [ApiKeyResponse] }) apiKeys!: ApiKeyResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all keys that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const API_KEY_EXAMPLE = {
  id: '507f1f77bcf86cd799439041',
  keyId: 'k3N9pXw2RtYbC8mZq4Vd',
  prefix: 'sk_test_k3N9pXw2RtYbC8mZq4Vd',
  name: 'Web shop',
  environment: 'test',
  scopes: ['checkout:create', 'transaction:read'],
  ipAllowlist: ['203.0.113.0/24'],
  status: 'active',
  expiresAt: '2027-12-31T23:59:59.999Z',
  lastUsedAt: '2026-03-01T10:05:00.000Z',
  createdBy: { kind: 'user', id: '507f1f77bcf86cd799439051', name: 'Ada Lovelace' },
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies ApiKeyResponse;

export const ISSUED_API_KEY_EXAMPLE = {
  ...API_KEY_EXAMPLE,
  apiKey: 'sk_test_k3N9pXw2RtYbC8mZq4Vd.w7Hc2Kt9…',
} satisfies IssuedApiKeyResponse;
