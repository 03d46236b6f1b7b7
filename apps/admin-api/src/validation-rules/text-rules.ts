import { isEmail } from 'class-validator';
import { isCurrencyCode, isObjectId } from '@paygate/kernel';
import { rule } from './rule.js';

/** A string of at most `max` characters. NUL is refused: some stores and receivers end a text there. */
export function IsText(max: number): PropertyDecorator {
  return rule('text', `a string of at most ${max} characters`, (value) => isText(value, max));
}

export function IsCurrency(): PropertyDecorator {
  return rule('currency', 'an ISO 4217 currency code in upper case, e.g. EUR', isCurrencyCode);
}

export function IsCountryCode(): PropertyDecorator {
  return rule(
    'country',
    'an ISO 3166-1 alpha-2 country code, e.g. DE',
    (value) => typeof value === 'string' && /^[A-Za-z]{2}$/.test(value),
  );
}

export function IsEmailAddress(): PropertyDecorator {
  return rule('email', 'an e-mail address of at most 254 characters', (value) => isText(value, 254) && isEmail(value));
}

export function IsId(): PropertyDecorator {
  return rule('id', 'an id of 24 hexadecimal characters', isObjectId);
}

export function IsOneOf(values: readonly string[]): PropertyDecorator {
  return rule('one_of', `one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));
}

/** After {@link canonicalLocale}. */
export function IsLocaleTag(): PropertyDecorator {
  return rule('locale', 'a BCP 47 language tag of at most 35 characters, e.g. de-DE', (value) => isText(value, 35) && isLocale(value));
}

/** `de_DE`, as some shops write it, becomes `de-DE`. What is no language tag stays as it came, for the rule to refuse. */
export function canonicalLocale(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const tag = value.replaceAll('_', '-');
  return isLocale(tag) ? Intl.getCanonicalLocales(tag)[0] : value;
}

export function isText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length <= max && !value.includes('\u0000');
}

function isLocale(value: unknown): boolean {
  try {
    return typeof value === 'string' && value !== '' && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
