import { PROVIDER_TYPES } from '@paygate/payments-domain';
import { Transform } from 'class-transformer';
import { rule } from '../../validation-rules/index.js';

export const TYPE_NAMES: readonly string[] = PROVIDER_TYPES.map(({ type }) => type);

export const FIELDS = {
  type: { type: String, enum: TYPE_NAMES, example: 'stripe' },
  label: {
    type: String,
    maxLength: 200,
    description: 'What the buyer reads. Only one provider of its type and mode has it.',
    example: 'Credit card',
  },
  description: {
    type: String,
    maxLength: 2000,
    description: 'What else the buyer reads about it.',
    example: 'Visa, Mastercard, American Express',
  },
  credentials: {
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { secretKey: 'sk_live_51H8exampleexample', publishableKey: 'pk_live_51H8exampleexample' },
  },
} as const;

/** The object as it came: its fields depend on the type, and are judged by the catalogue. */
export function RawCredentials(): PropertyDecorator {
  // From the source object: what class-transformer hands over has already lost keys named like methods of objects.
  const transform = Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]);
  const check = rule(
    'object',
    'an object of texts',
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length <= 50,
  );
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}
