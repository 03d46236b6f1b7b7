/** A place as an address gives it. */
export interface TaxPlace {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** State or province, by code or name. */
  readonly region?: string;
  readonly postcode?: string;
}

/**
 * What is known of the buyer's VAT id. `unavailable`: the service did not answer; `format`: well-formed, not asked about;
 * `recent`: no answer now, a positive one within the days the settings allow.
 */
export type VatIdStatus = 'valid' | 'invalid' | 'format' | 'unavailable' | 'recent';

export interface TaxBuyer extends TaxPlace {
  /** Decided from the VAT id and the company name when absent. */
  readonly type?: 'business' | 'consumer';
  readonly company?: string;
  /** With its prefix. */
  readonly vatId?: string;
  readonly vatIdStatus?: VatIdStatus;
  /** The Commission's consultation number, kept as evidence. */
  readonly consultationNumber?: string;
  /** Holds a certificate: nothing is charged, and its words stand on the document. */
  readonly exemption?: { readonly reason: string; readonly certificate?: string };
  /** US: buys for resale. */
  readonly resaleCertificate?: string;
}

export interface TaxLine {
  /** Unique in the document. */
  readonly id: string;
  /** As the shop names it: `goods`, `digital_service`, `service`, `shipping`, `discount`, `tax`, `physical`, `virtual`, … */
  readonly itemType: string;
  readonly description?: string;
  /** At most six decimals. */
  readonly quantity: number;
  /** Minor units; negative for discounts. */
  readonly unitPrice: number;
  readonly amountType: 'gross' | 'net';
  /** Taken off the line, minor units, not negative, as `amountType` counts. */
  readonly discount?: number;
  /** Explicit percent: a manual override. More than six decimals are rounded. */
  readonly rate?: number;
  /**
   * Percent that the seller's shop computed this line with. Where the decided place has a rate of that size it is that one, so that
   * the line stays what it is, e.g. a sale for the One-Stop-Shop; otherwise it counts as an override. Nothing beside `rate`.
   */
  readonly statedRate?: number;
  /** Which rate of the place: `reduced`, or a full code such as `DE_REDUCED`. Standard when absent. */
  readonly rateCode?: string;
  /** Subject to the seller's domestic reverse charge, e.g. building services or scrap. */
  readonly domesticReverseCharge?: boolean;
}

/** Where the buyer is, by one source. Reg. (EU) 282/2011, Art. 24f. */
export const EVIDENCE_SOURCES = ['billing_address', 'shipping_address', 'ip_address', 'payment_method', 'phone_prefix'] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];
export interface EvidencePiece {
  readonly source: EvidenceSource;
  readonly country: string;
}

/** One sale as it is to be taxed. Plain JSON, so that it can be kept and calculated again. */
export interface TaxInput {
  readonly currency: string;
  /** When the tax arises: ISO 8601 with its zone. */
  readonly taxPoint: string;
  readonly buyer: TaxBuyer;
  /** Where goods go; the buyer's place when absent. */
  readonly shipTo?: TaxPlace;
  readonly lines: readonly TaxLine[];
  readonly evidence?: readonly EvidencePiece[];
  /** Units of the document's currency per euro and per pound, for consignment limits; only needed for goods that cross a border. */
  readonly unitsPerEuro?: number;
  readonly unitsPerPound?: number;
}
