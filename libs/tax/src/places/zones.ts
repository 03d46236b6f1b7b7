import { CA_PROVINCES } from './ca-provinces.js';
import { US_STATES } from './us-states.js';

const REGIONS: ReadonlyMap<string, string> = new Map([
  ...US_STATES.map(({ code, zone }) => [`US-${code}`, zone] as const),
  ...CA_PROVINCES.map(({ code, zone }) => [`CA-${code}`, zone] as const),
  ['PT-20', 'Atlantic/Azores'],
  ['PT-30', 'Atlantic/Madeira'],
  ['ES-CANARY_ISLANDS', 'Atlantic/Canary'],
]);

/** The capital's or the most populous zone of countries that have several. */
const COUNTRIES: Readonly<Record<string, string>> = {
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  ES: 'Europe/Madrid',
  ID: 'Asia/Jakarta',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  US: 'America/New_York',
  XI: 'Europe/London',
};

const known = new Map<string, string>();

/** The IANA zone in whose calendar a place counts its days; UTC where there is no telling. */
export function zoneOf(country: string, region?: string): string {
  const key = region === undefined ? country : `${country}-${region}`;
  let zone = known.get(key);
  if (zone === undefined) {
    zone = REGIONS.get(key) ?? COUNTRIES[country] ?? onlyZoneOf(country);
    known.set(key, zone);
  }
  return zone;
}

function onlyZoneOf(country: string): string {
  try {
    const { timeZones } = new Intl.Locale('und', { region: country }) as Intl.Locale & { timeZones?: string[] };
    return timeZones?.[0] ?? 'UTC';
  } catch {
    return 'UTC';
  }
}
