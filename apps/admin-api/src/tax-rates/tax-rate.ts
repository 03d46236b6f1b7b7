import type { TaxRate } from '@paygate/tax';

export const RATE_SOURCES = ['default', 'custom'] as const;
/** `default` rates come from the catalogue and follow it; `custom` ones are the organization's own. */
export type RateSource = (typeof RATE_SOURCES)[number];

/** What is said about a rate; days are calendar days of its place, both inclusive. */
export type RateDetails = Omit<TaxRate, 'id'>;

export interface StoredTaxRate extends TaxRate {
  readonly source: RateSource;
  /** Of the catalogue it came with. */
  readonly catalogueVersion?: string;
  readonly createdAt: Date;
}

/** What a calculation needs of it. */
export function contractRate({ id, ...rate }: StoredTaxRate): TaxRate {
  return { id, ...rateDetailsOf(rate) };
}

export function rateDetailsOf({ country, region, code, type, rate, validFrom, validTo }: RateDetails): RateDetails {
  return {
    country,
    ...(region === undefined ? {} : { region }),
    code,
    type,
    rate,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  };
}

/** Rates of one series follow each other in time; no two of them hold on the same day. */
export function seriesOf({ country, region = '', code }: Pick<RateDetails, 'country' | 'region' | 'code'>): string {
  return [country, region, code].join(' ');
}
