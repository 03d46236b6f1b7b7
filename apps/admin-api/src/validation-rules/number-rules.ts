import { Transform } from 'class-transformer';
import { rule } from './rule.js';

export const MAX_MINOR_UNITS = Number.MAX_SAFE_INTEGER;

/** What a buyer pays, in minor units. Zero is not a payment; beyond 2^53 − 1 JSON numbers lose digits. */
export function IsAmount(): PropertyDecorator {
  return numberRule('amount', `an integer of minor units from 1 to ${MAX_MINOR_UNITS} (4900 is 49.00 EUR)`, (value) =>
    isIntegerWithin(value, 1, MAX_MINOR_UNITS),
  );
}

/** What something costs, in minor units; zero is a gift. */
export function IsPrice(): PropertyDecorator {
  return numberRule('price', `an integer of minor units from 0 to ${MAX_MINOR_UNITS} (4900 is 49.00 EUR)`, (value) =>
    isIntegerWithin(value, 0, MAX_MINOR_UNITS),
  );
}

/** Negative for discounts, zero for gifts. */
export function IsUnitPrice(): PropertyDecorator {
  return numberRule('unit_price', `an integer of minor units from -${MAX_MINOR_UNITS} to ${MAX_MINOR_UNITS}`, (value) =>
    isIntegerWithin(value, -MAX_MINOR_UNITS, MAX_MINOR_UNITS),
  );
}

export function IsIntegerWithin(min: number, max: number): PropertyDecorator {
  return numberRule('integer', `an integer from ${min} to ${max}`, (value) => isIntegerWithin(value, min, max));
}

export function IsPercent(): PropertyDecorator {
  return numberRule('percent', 'a number from 0 to 100', (value) => typeof value === 'number' && value >= 0 && value <= 100);
}

/** Shops that compute a discount of nothing send -0; it is stored and hashed as 0. */
function numberRule(code: string, expected: string, test: (value: unknown) => boolean): PropertyDecorator {
  const transform = Transform(({ value }: { value: unknown }) => (value === 0 ? 0 : value));
  const check = rule(code, expected, test);
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}

function isIntegerWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
}
