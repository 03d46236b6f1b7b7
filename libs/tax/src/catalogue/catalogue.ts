import { CANADA_RATES } from './canada.js';
import { EU_EAST_RATES } from './eu-east.js';
import { EU_NORTH_RATES } from './eu-north.js';
import { EU_SOUTH_RATES } from './eu-south.js';
import { EU_WEST_RATES } from './eu-west.js';
import { EUROPE_BEYOND_RATES } from './europe-beyond.js';
import { ratesOf } from './rate-series.js';
import type { CatalogueRate } from './rate-series.js';
import { UNITED_STATES_RATES } from './united-states.js';

/** Day of the catalogue's last review. */
export const TAX_CATALOGUE_VERSION = '2026-11-21';

/**
 * The rates an organization begins with: 27 Member States, Northern Ireland, the United Kingdom, Switzerland, Liechtenstein,
 * Norway, Iceland, the states of the US (without local taxes) and the provinces of Canada.
 */
export const DEFAULT_TAX_RATES: readonly CatalogueRate[] = [
  ...EU_WEST_RATES,
  ...EU_NORTH_RATES,
  ...EU_EAST_RATES,
  ...EU_SOUTH_RATES,
  ...EUROPE_BEYOND_RATES,
  ...UNITED_STATES_RATES,
  ...CANADA_RATES,
].flatMap(ratesOf);
