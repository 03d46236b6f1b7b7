import { CURRENCIES, isCurrencyCode, isObjectId } from '@paygate/kernel';
import { rule } from './rule.js';

/** Ids, each once. */
export function IsIdList(max: number): PropertyDecorator {
  return rule('id_list', `an array of at most ${max} different ids of 24 hexadecimal characters`, (value) =>
    isListOf(value, max, isObjectId),
  );
}

/** Origins as browsers send them: scheme, host and port, nothing after it. */
export function IsOriginList(max: number): PropertyDecorator {
  return rule('origin_list', `an array of at most ${max} different origins such as https://shop.example, in lower case`, (value) =>
    isListOf(value, max, isOrigin),
  );
}

function isListOf(value: unknown, max: number, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= max && value.every(isEntry) && new Set(value).size === value.length;
}

function isOrigin(value: unknown): boolean {
  return (
    typeof value === 'string' && value.length <= 300 && /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value
  );
}

/** ISO 4217 codes, each once, at least one. */
export function IsCurrencyList(): PropertyDecorator {
  return rule('currency_list', 'an array of different ISO 4217 currency codes in upper case, at least one', (value) =>
    isFilledListOf(value, CURRENCIES.length, isCurrencyCode),
  );
}

/** ISO 3166-1 alpha-2 codes, each once in whatever letters, at least one. */
export function IsCountryCodeList(): PropertyDecorator {
  return rule('country_list', 'an array of different ISO 3166-1 alpha-2 country codes, at least one', (value) =>
    isFilledListOf(
      Array.isArray(value) ? value.map(upperCase) : value,
      250,
      (entry) => typeof entry === 'string' && /^[A-Z]{2}$/.test(entry),
    ),
  );
}

/** Some of the values, each once, at least one. */
export function IsListOfSome(values: readonly string[]): PropertyDecorator {
  return rule('list_of_some', `an array of different values of ${values.join(', ')}, at least one`, (value) =>
    isFilledListOf(value, values.length, (entry) => typeof entry === 'string' && values.includes(entry)),
  );
}

function isFilledListOf(value: unknown, max: number, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && isListOf(value, max, isEntry);
}

function upperCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value;
}
