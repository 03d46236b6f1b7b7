export { addressFormat, CITY_NAMES, hasField, POSTCODE_NAMES, REGION_NAMES } from './address-format.js';
export type { AddressField, AddressFormat, CityName, PostcodeName, RegionName } from './address-format.js';
export { findRegion } from './regions.js';
