import type { TaxSettings } from '@paygate/tax';

/** A change of some settings: what is absent stays, `null` removes what is optional, lists are replaced as a whole. */
export type TaxSettingsChange = { [K in keyof TaxSettings]?: Changed<TaxSettings[K]> };
type Changed<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: T[K] | null } : T | null;

/** The settings as they are after a change. Nothing in them is undefined. */
export function mergedSettings(settings: TaxSettings, change: TaxSettingsChange): TaxSettings {
  return merged(settings, change) as TaxSettings;
}

function merged(before: object, change: object): object {
  const result: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(change) as [string, unknown][]) {
    if (value === undefined) continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = isGroup(value) ? merged(result[name] ?? {}, value) : plain(value);
  }
  return result;
}

/** Entries of lists are whole objects: what they lack is left out. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
