import { isCountryCode } from '@paygate/tax';
import { Transform } from 'class-transformer';
import { rule } from './rule.js';

const RATE_CODE = /^[A-Z][A-Z0-9_]{1,39}$/;
const VAT_ID_FILLING = /[\s.-]/g;

/** Codes are written in capitals; small letters are taken for them. */
export function InCapitals(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => inCapitals(value));
}

/** A country that exists, and not only two letters. */
export function IsTaxCountry(): PropertyDecorator {
  return rule('country', 'an ISO 3166-1 alpha-2 country code, e.g. DE; XI for Northern Ireland', isCountryCode);
}

/** What documents and rules name a tax rate by. */
export function IsRateCode(): PropertyDecorator {
  return rule(
    'rate_code',
    '2 to 40 capital letters, digits and _, e.g. DE_STANDARD',
    (value) => typeof value === 'string' && RATE_CODE.test(value),
  );
}

/** As VAT ids are stored and compared: capitals without blanks, dots and hyphens. */
export function VatIdInCapitals(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replaceAll(VAT_ID_FILLING, '').toUpperCase() : value,
  );
}

function inCapitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCapitals);
  return typeof value === 'string' ? value.trim().toUpperCase() : value;
}
