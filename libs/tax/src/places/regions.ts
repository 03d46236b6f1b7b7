import { CA_PROVINCES } from './ca-provinces.js';
import { US_STATES } from './us-states.js';

const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  US: new Set(US_STATES.map(({ code }) => code)),
  CA: new Set(CA_PROVINCES.map(({ code }) => code)),
};

/** Whether a code names a part of that country; where no list is kept, whether it looks like one. */
export function isRegionOf(country: string, region: string): boolean {
  return KNOWN[country]?.has(region) ?? /^[A-Z0-9_]{1,30}$/.test(region);
}
