export const RATE_TYPES = ['vat', 'gst', 'hst', 'pst', 'qst', 'sales_tax'] as const;
export type RateType = (typeof RATE_TYPES)[number];

/**
 * One rate of a place for a time. Never edited: a change is a further row that begins later and ends this one.
 * Days are calendar days (`YYYY-MM-DD`) in the place itself, both inclusive.
 */
export interface TaxRate {
  /** Unique in a configuration, e.g. the id of its stored row. */
  readonly id: string;
  /** ISO 3166-1 alpha-2; `XI` for goods in Northern Ireland. */
  readonly country: string;
  /** State or province; absent for the whole country. */
  readonly region?: string;
  /** What documents name it by: `DE_STANDARD`, `FR_REDUCED_2`, `US_TX_STANDARD`, `CA_QC_QST`. */
  readonly code: string;
  readonly type: RateType;
  /** Percent, at most four decimals: 19, 25.5, 9.975. */
  readonly rate: number;
  readonly validFrom: string;
  readonly validTo?: string;
}
