import { isObjectId } from '@paygate/kernel';
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
