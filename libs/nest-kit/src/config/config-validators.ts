import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import ipaddr from 'ipaddr.js';
import { KeepBlank } from './keep-blank.js';

const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const KEY_BYTES = 32;

/** Encryption keys as `keyId:base64(32 bytes)`, comma separated, each id once. */
export function IsKeyring(): PropertyDecorator {
  return ValidateBy({
    name: 'isKeyring',
    validator: {
      validate: (value) => typeof value === 'string' && isKeyring(value),
      defaultMessage: () => '$property must be keyId:base64(32 bytes), more keys separated by commas, each key id once',
    },
  });
}

/** IP addresses or CIDR ranges, comma separated. With `mayBeEmpty` a blank variable is an empty list and not an absent one. */
export function IsAddressList({ mayBeEmpty = false } = {}): PropertyDecorator {
  const validated = ValidateBy({
    name: 'isAddressList',
    validator: {
      validate: (value) => typeof value === 'string' && ((mayBeEmpty && value === '') || isAddressList(value)),
      defaultMessage: () => '$property must be IP addresses or CIDR ranges separated by commas',
    },
  });
  return mayBeEmpty ? applyDecorators(validated, KeepBlank()) : validated;
}

/** A switch of development that production refuses. `why` ends the sentence an operator reads. */
export function FalseInProduction(why: string): PropertyDecorator {
  return ValidateBy({
    name: 'falseInProduction',
    validator: {
      validate: (value, args?: ValidationArguments) => value !== true || !isProduction(args?.object),
      defaultMessage: () => `$property must not be true when NODE_ENV is production: ${why}`,
    },
  });
}

function isProduction(config: object | undefined): boolean {
  return config !== undefined && 'NODE_ENV' in config && config.NODE_ENV === 'production';
}

function isAddressList(text: string): boolean {
  return text.split(',').every((entry) => isAddressOrRange(entry.trim()));
}

function isKeyring(text: string): boolean {
  const keys = text.split(',').map((entry) => entry.trim().split(':'));
  const ids = new Set(keys.map(([id]) => id));
  return ids.size === keys.length && keys.every(([id = '', key = '', ...rest]) => rest.length === 0 && KEY_ID.test(id) && isKey(key));
}

function isKey(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  // Node skips characters it does not know; only what encodes back to itself was base64.
  return bytes.length === KEY_BYTES && bytes.toString('base64') === base64;
}

function isAddressOrRange(text: string): boolean {
  return text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text);
}
