import { rule } from './rule.js';

/** A time zone by its IANA name; offsets such as `+02:00` know no summer time and are refused. */
export function IsTimezone(): PropertyDecorator {
  return rule('timezone', 'an IANA time zone, e.g. Europe/Berlin', isTimezone);
}

function isTimezone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
