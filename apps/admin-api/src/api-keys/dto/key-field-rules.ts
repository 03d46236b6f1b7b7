import { isText, rule } from '../../validation-rules/index.js';

const MAX_SCOPES = 200;
const MAX_ADDRESSES = 100;
const MAX_ENTRY = 64;

/** Whether each entry is a scope is asked later, so that the answer can name the entry. */
export function IsScopeList(): PropertyDecorator {
  return rule('scope_list', `an array of 1 to ${MAX_SCOPES} scopes`, (value) => isTextList(value, 1, MAX_SCOPES));
}

/** Whether each entry is an address is asked later, so that the answer can name the entry. */
export function IsAddressList(): PropertyDecorator {
  return rule('address_list', `an array of at most ${MAX_ADDRESSES} IP addresses and CIDR ranges`, (value) =>
    isTextList(value, 0, MAX_ADDRESSES),
  );
}

function isTextList(value: unknown, min: number, max: number): boolean {
  return Array.isArray(value) && value.length >= min && value.length <= max && value.every((entry) => isText(entry, MAX_ENTRY));
}
