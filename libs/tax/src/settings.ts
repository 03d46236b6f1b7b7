/** A VAT number, and the country (ISO 3166-1 alpha-2, `GR` and `XI` included) that gave it. */
export interface TaxRegistration {
  readonly country: string;
  readonly vatId?: string;
}

/**
 * How much is asked about a buyer's VAT id: nothing, its form and check digits, or the Commission's service as well. `vies` means
 * `format` while `vies.enabled` is false. Without the service's word no VAT id gives reverse charge.
 */
export const VAT_ID_VALIDATIONS = ['none', 'format', 'vies'] as const;
export type VatIdValidation = (typeof VAT_ID_VALIDATIONS)[number];

/** What is done when the Commission's service does not answer about a VAT id. Never is "no answer" taken for valid. */
export type ViesFallback = 'charge_vat' | 'accept_recent';

/** An organization's tax settings, as `/organizations/settings/tax` reads and writes them. */
export interface TaxSettings {
  /** Off: only explicit rates and lines of tax count, and nothing is written into the tax records. */
  readonly enabled: boolean;
  readonly sellerCountry: string;
  /** State or province of the seller, for the US and Canada. */
  readonly sellerRegion?: string;
  /** The seller's own number, with its prefix. */
  readonly vatId?: string;
  /** National tax number for those without a VAT id. */
  readonly taxNumber?: string;
  /** VAT registrations in other countries, e.g. CH, NO, or a Member State with a warehouse. */
  readonly registrations: readonly TaxRegistration[];
  /** How prices without an `amountType` are meant. */
  readonly pricesIncludeTax: boolean;
  /** Once per rate of the document, as EN 16931 computes, or on every line. */
  readonly roundingMethod: 'document' | 'line';
  readonly recognitionMode: 'accrual' | 'cash';
  /**
   * One-Stop-Shop. With `enabled`, consumers in other Member States are taxed in their country. `thresholdExceeded` says that
   * EUR 10,000 were passed: it becomes true by itself from the tax records, and a merchant may set it for sales made elsewhere.
   */
  readonly oss: {
    readonly enabled: boolean;
    readonly scheme: 'union' | 'non_union';
    readonly country?: string;
    readonly registrationId?: string;
    readonly thresholdExceeded: boolean;
  };
  readonly ioss: { readonly enabled: boolean; readonly registrationId?: string };
  readonly ukVat: { readonly enabled: boolean; readonly vatId?: string };
  readonly vatIdValidation: VatIdValidation;
  readonly smallBusiness: { readonly enabled: boolean; readonly legalReference?: string };
  readonly vies: {
    readonly enabled: boolean;
    readonly fallback: ViesFallback;
    /** How old a positive answer may be that stands in for one that does not come. Days. */
    readonly recentDays: number;
  };
  /** A sale taxed abroad for its buyer is refused without two pieces of evidence that agree. */
  readonly strictEvidence: boolean;
  /** Two-letter codes of the states in which sales tax must be collected. */
  readonly us: { readonly nexusStates: readonly string[] };
  /** `provinces`: where the seller is registered for PST or QST besides GST/HST. */
  readonly ca: { readonly registered: boolean; readonly provinces: readonly string[] };
}

export const DEFAULT_TAX_SETTINGS: TaxSettings = {
  enabled: false,
  sellerCountry: '',
  registrations: [],
  pricesIncludeTax: true,
  roundingMethod: 'document',
  recognitionMode: 'accrual',
  oss: { enabled: false, scheme: 'union', thresholdExceeded: false },
  ioss: { enabled: false },
  ukVat: { enabled: false },
  vatIdValidation: 'vies',
  smallBusiness: { enabled: false },
  vies: { enabled: false, fallback: 'charge_vat', recentDays: 30 },
  strictEvidence: false,
  us: { nexusStates: [] },
  ca: { registered: false, provinces: [] },
};
