import { applyDecorators } from '@nestjs/common';
import { canonicalItemType } from '@paygate/payments-domain';
import { Transform } from 'class-transformer';
import { IsLabel } from '../../validation-rules/index.js';

/** `physical` and `virtual` are older names, as in checkouts. */
export function IsItemType(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? canonicalItemType(value.trim()) : value)),
    IsLabel(50),
  );
}

export const FIELDS = {
  name: { type: String, maxLength: 200, example: 'Professional Plan' },
  description: { type: String, maxLength: 2000, example: 'Billed monthly' },
  currency: { type: String, description: 'ISO 4217.', example: 'EUR' },
  itemType: {
    type: String,
    maxLength: 50,
    description:
      '`goods`, `digital_service` or `shipping`; `physical` and `virtual` are read as `goods` and `digital_service`; other types are kept.',
    example: 'digital_service',
  },
  amountType: {
    enum: ['gross', 'net'],
    description: 'Whether `price` includes tax; without it the tax settings of the organization decide.',
    example: 'gross',
  },
  taxRate: { type: Number, minimum: 0, maximum: 100, description: 'Percent; without it the tax engine decides.', example: 19 },
  sku: { type: String, maxLength: 100, description: 'Your own number of it; only one product has it.', example: 'PRO-1M' },
  imageUrl: { type: String, format: 'uri', example: 'https://shop.example/images/pro.png' },
  metadata: {
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 50,
    example: { tier: 'pro' },
  },
} as const;
