import { vatIdExample } from '@paygate/tax';
import { hasPostcodes, postcodeFormat } from './postcodes.js';
import type { PostcodeFormat } from './postcodes.js';
import { regionsOf } from './regions.js';
import type { Region } from './regions.js';

export type AddressField = 'address1' | 'address2' | 'postcode' | 'city' | 'state';

/** What the parts are called there; each language has a word for it. */
export const POSTCODE_NAMES = ['postcode', 'zip', 'eircode', 'pin'] as const;
export const REGION_NAMES = ['state', 'province', 'territory', 'county', 'prefecture', 'emirate'] as const;
export const CITY_NAMES = ['city', 'town', 'suburb'] as const;
export type PostcodeName = (typeof POSTCODE_NAMES)[number];
export type RegionName = (typeof REGION_NAMES)[number];
export type CityName = (typeof CITY_NAMES)[number];

/** How people of a country write their address. */
export interface AddressFormat {
  /** Fields line by line, in the order they are written. */
  readonly rows: readonly (readonly AddressField[])[];
  readonly postcodeName: PostcodeName;
  readonly regionName: RegionName;
  readonly cityName: CityName;
  readonly postcode?: PostcodeFormat;
  readonly regions?: readonly Region[];
  /** An example of its VAT IDs, where companies have one. */
  readonly vatIdExample?: string;
}

interface Peculiarity {
  readonly order?: keyof typeof ORDERS;
  readonly postcode?: PostcodeName;
  readonly region?: RegionName;
  readonly city?: CityName;
}

const STREET = [['address1'], ['address2']] as const;

/** The orders that occur. Source: addressing systems of the member countries, Universal Postal Union. */
const ORDERS = {
  postcodeCity: [...STREET, ['postcode', 'city']],
  postcodeCityRegion: [...STREET, ['postcode', 'city'], ['state']],
  cityPostcode: [...STREET, ['city', 'postcode']],
  cityRegionPostcode: [...STREET, ['city'], ['state', 'postcode']],
  cityRegion: [...STREET, ['city', 'state']],
  fromLargeToSmall: [['postcode', 'state'], ['city'], ...STREET],
} as const satisfies Record<string, readonly (readonly AddressField[])[]>;

/** Whatever is not like "street, then postcode and city". */
const PECULIARITIES: Readonly<Record<string, Peculiarity>> = {
  AE: { order: 'cityRegion', region: 'emirate' },
  AR: { order: 'postcodeCityRegion', region: 'province' },
  AU: { order: 'cityRegionPostcode', region: 'territory', city: 'suburb' },
  BR: { order: 'cityRegionPostcode', region: 'state' },
  CA: { order: 'cityRegionPostcode', region: 'province' },
  ES: { order: 'postcodeCityRegion', region: 'province' },
  GB: { order: 'cityPostcode', city: 'town' },
  GG: { order: 'cityPostcode', city: 'town' },
  GI: { order: 'cityPostcode', city: 'town' },
  ID: { order: 'cityPostcode' },
  IE: { order: 'cityRegionPostcode', region: 'county', postcode: 'eircode', city: 'town' },
  IM: { order: 'cityPostcode', city: 'town' },
  IN: { order: 'cityRegionPostcode', region: 'state', postcode: 'pin' },
  IT: { order: 'postcodeCityRegion', region: 'province' },
  JE: { order: 'cityPostcode', city: 'town' },
  JP: { order: 'fromLargeToSmall', region: 'prefecture' },
  LV: { order: 'cityPostcode' },
  MT: { order: 'cityPostcode', city: 'town' },
  MX: { order: 'postcodeCityRegion', region: 'state' },
  NZ: { order: 'cityPostcode', city: 'town' },
  PH: { order: 'postcodeCity', postcode: 'zip' },
  PR: { order: 'cityPostcode', postcode: 'zip' },
  SA: { order: 'cityPostcode' },
  SG: { order: 'cityPostcode' },
  TH: { order: 'cityPostcode' },
  TW: { order: 'cityPostcode' },
  US: { order: 'cityRegionPostcode', region: 'state', postcode: 'zip' },
  ZA: { order: 'cityPostcode' },
};

/** @param country ISO 3166-1 alpha-2, or empty while none is chosen */
export function addressFormat(country: string): AddressFormat {
  const {
    order = 'postcodeCity',
    postcode = 'postcode',
    region = 'state',
    city = 'city',
  } = Object.hasOwn(PECULIARITIES, country) ? (PECULIARITIES[country] ?? {}) : {};
  const rows: readonly (readonly AddressField[])[] = ORDERS[order];
  return {
    rows: hasPostcodes(country) ? rows : rows.map((row) => row.filter((field) => field !== 'postcode')).filter((row) => row.length > 0),
    postcodeName: postcode,
    regionName: region,
    cityName: city,
    postcode: postcodeFormat(country),
    regions: regionsOf(country),
    vatIdExample: vatIdExample(country),
  };
}

/** Whether an address of that country has the field at all. */
export function hasField(format: AddressFormat, field: AddressField): boolean {
  return format.rows.some((row) => row.includes(field));
}
