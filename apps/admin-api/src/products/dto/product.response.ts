import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AMOUNT_TYPES } from '../product.js';
import type { AmountType } from '../product.js';
import { FIELDS } from './product-fields.js';

export class ProductResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439031' }) id!: string;
  @ApiProperty(FIELDS.name) name!: string;
  @ApiPropertyOptional(FIELDS.description) description?: string;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 }) price!: number;
  @ApiProperty(FIELDS.currency) currency!: string;
  @ApiProperty({ type: String, example: 'digital_service' }) itemType!: string;
  @ApiPropertyOptional({ enum: AMOUNT_TYPES, example: 'gross' }) amountType?: AmountType;
  @ApiPropertyOptional(FIELDS.taxRate) taxRate?: number;
  @ApiPropertyOptional(FIELDS.sku) sku?: string;
  @ApiPropertyOptional(FIELDS.imageUrl) imageUrl?: string;
  @ApiProperty({ type: Boolean, description: 'Whether it is offered to buyers.', example: true }) active!: boolean;
  @ApiProperty(FIELDS.metadata) metadata!: Record<string, string>;
  @ApiProperty({ type: Boolean, example: true }) livemode!: boolean;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class ProductListResponse {
  @ApiProperty({ type: [ProductResponse] }) products!: ProductResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all products that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const PRODUCT_EXAMPLE = {
  id: '507f1f77bcf86cd799439031',
  name: 'Professional Plan',
  description: 'Billed monthly',
  price: 4900,
  currency: 'EUR',
  itemType: 'digital_service',
  amountType: 'gross',
  sku: 'PRO-1M',
  active: true,
  metadata: { tier: 'pro' },
  livemode: true,
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies ProductResponse;
