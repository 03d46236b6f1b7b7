import type { ApiPropertyOptions } from '@nestjs/swagger';
import { RATE_TYPES } from '@paygate/tax';
import { rule } from '../../validation-rules/index.js';
import { RATE_SOURCES } from '../tax-rate.js';

const REGION = /^[A-Z0-9_]{1,20}$/;
const DAY_NOTE = 'A calendar day in the place itself, inclusive.';

export const FIELDS = {
  country: { type: String, description: 'ISO 3166-1 alpha-2; `XI` for goods in Northern Ireland.', example: 'DE' },
  region: { type: String, description: 'State or province; absent for the whole country.', example: 'QC' },
  code: { type: String, maxLength: 40, description: 'What documents and rules name it by.', example: 'DE_STANDARD' },
  type: { enum: RATE_TYPES, example: 'vat' },
  rate: { type: Number, minimum: 0, maximum: 100, description: 'Percent, at most four decimals.', example: 19 },
  validFrom: { type: String, format: 'date', description: DAY_NOTE, example: '2021-01-01' },
  validTo: { type: String, format: 'date', description: `${DAY_NOTE} Absent: it goes on.`, example: '2026-12-31' },
  source: {
    enum: RATE_SOURCES,
    description: '`default`: from the catalogue, and replaced with it; `custom`: your own.',
    example: 'default',
  },
} as const satisfies Record<string, ApiPropertyOptions>;

export function IsTaxRegion(): PropertyDecorator {
  return rule('region', 'the code of a state or province, e.g. QC', (value) => typeof value === 'string' && REGION.test(value));
}

export function IsTaxPercent(): PropertyDecorator {
  return rule('percent', 'a number from 0 to 100 with at most four decimals', isTaxPercent);
}

function isTaxPercent(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100 && Number(value.toFixed(4)) === value;
}
