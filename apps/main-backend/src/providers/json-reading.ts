import { Money } from '@paygate/kernel';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What a provider wrote under this name, when it is an object; otherwise one without anything in it. */
export function objectIn(value: unknown, name: string): JsonObject {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}

/** What a provider wrote under this name, when it is a list; otherwise undefined. */
export function listIn(value: unknown, name: string): readonly unknown[] | undefined {
  const inner = isObject(value) ? value[name] : undefined;
  return Array.isArray(inner) ? inner : undefined;
}

/** What a provider wrote under this name, when it is a text that says something. */
export function textIn(value: unknown, name: string): string | undefined {
  const inner = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}

export function dateIn(value: unknown, name: string): Date | undefined {
  const date = new Date(textIn(value, name) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** An address a buyer can be sent to: http or https. */
export function webAddressIn(value: unknown, name: string): string | undefined {
  const text = textIn(value, name);
  if (text === undefined || !URL.canParse(text)) return undefined;
  return ['https:', 'http:'].includes(new URL(text).protocol) ? text : undefined;
}

/** Minor units of a decimal such as `12.50`; undefined when it is none of this currency. */
export function minorOf(decimal: string | undefined, currency: string | undefined): number | undefined {
  if (decimal === undefined || currency === undefined) return undefined;
  try {
    return Money.parse(decimal, currency).toMinorNumber();
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
