import type { EvidencePiece } from './tax-input.js';
import type { RateType } from './tax-rate.js';
import type { BuyerType, SupplyType, TaxTreatment, VatCategory } from './treatments.js';

/** A part of a line's tax where several are levied side by side, each rounded by itself. */
export interface TaxComponent {
  readonly type: RateType;
  readonly region?: string;
  readonly rateCode: string;
  readonly rate: number;
  readonly tax: number;
}

/** What was decided about a line, without its amounts. */
export interface LineDecision {
  readonly supplyType: SupplyType;
  /** Where the supply takes place. `XI` for goods in Northern Ireland. */
  readonly taxCountry: string;
  readonly taxRegion?: string;
  readonly treatment: TaxTreatment;
  /** The row of the decision table, finer than the treatment: `domestic`, `intra_community_supply`, `below_oss_threshold`, … */
  readonly reason: string;
  readonly category: VatCategory;
  /** VATEX code (BT-121), where nothing is charged. */
  readonly exemptionCode?: string;
  /** The words that must stand on the document. */
  readonly legalText?: string;
  /** Percent; the sum of the components. */
  readonly rate: number;
  /** `DE_STANDARD`; the synthetic `MANUAL`, `REVERSE_CHARGE`, `EXPORT`, `EXEMPT`, `ZERO_RATED`, `SMALL_BUSINESS` otherwise. */
  readonly rateCode: string;
  /** `built_in:<reason>`, `rule:<id>` or `line`. */
  readonly decidedBy: string;
  /** The steps that led here, one sentence each. */
  readonly explain: readonly string[];
}

/**
 * Amounts in minor units; `net + tax = gross`. A discount on the whole stands here once for every kind of line it lowers, with the
 * same id and the decision of those lines; its parts add up to it.
 */
export interface TaxedLine extends LineDecision {
  readonly id: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly components: readonly TaxComponent[];
}

/** Lines of one kind, summed; the parts of every figure add up to the totals. */
export interface TaxBreakdown {
  readonly taxCountry: string;
  readonly taxRegion?: string;
  readonly supplyType: SupplyType;
  readonly treatment: TaxTreatment;
  readonly reason: string;
  readonly category: VatCategory;
  readonly exemptionCode?: string;
  readonly legalText?: string;
  readonly taxRateCode: string;
  readonly taxRate: number;
  readonly taxableBase: number;
  readonly taxAmount: number;
  readonly components: readonly TaxComponent[];
  /** Ids of the lines in it. */
  readonly lines: readonly string[];
}

export interface TaxEvidence {
  readonly pieces: readonly EvidencePiece[];
  /** The country most pieces name. */
  readonly country?: string;
  readonly required: number;
  /** How many pieces agree with the place of supply. */
  readonly agreeing: number;
  readonly contradicting: boolean;
  readonly sufficient: boolean;
}

/** Who sold to whom, as far as it decided. */
export interface TaxParties {
  readonly sellerCountry: string;
  readonly buyerCountry?: string;
  readonly buyerType: BuyerType;
  readonly vatId?: string;
  readonly vatIdStatus?: string;
  readonly consultationNumber?: string;
}

export interface TaxCalculation {
  /** False when a net price or a line of tax stood in it: the tax came on top. */
  readonly taxIncluded: boolean;
  readonly currency: string;
  readonly taxPoint: string;
  readonly totalNet: number;
  readonly totalTax: number;
  readonly totalGross: number;
  readonly lines: readonly TaxedLine[];
  /** The highest rate first. */
  readonly breakdown: readonly TaxBreakdown[];
  readonly parties: TaxParties;
  readonly evidence?: TaxEvidence;
  /** What the merchant should look at, e.g. that OSS registration is due. One sentence each. */
  readonly warnings: readonly string[];
  /** Ids of the rates and rules it was calculated from; of the rules also those that were passed over. */
  readonly basis?: { readonly rates: readonly string[]; readonly rules: readonly string[] };
}

/** A part of a sale that went back. Amounts in minor units, negative. */
export interface ReversedBreakdown extends Omit<TaxBreakdown, 'taxableBase' | 'taxAmount'> {
  readonly taxableBase: number;
  readonly taxAmount: number;
}

/** Why a sale cannot be taxed; nothing is guessed. */
export type TaxProblemCode =
  | 'tax_country_unknown'
  | 'tax_rate_missing'
  | 'tax_currency_unsupported'
  | 'tax_line_invalid'
  | 'tax_evidence_insufficient'
  | 'tax_point_invalid';

export interface TaxProblem {
  readonly code: TaxProblemCode;
  /** The field of the input, e.g. `lines[0].quantity`. */
  readonly field: string;
  readonly message: string;
}

export type TaxOutcome =
  { readonly ok: true; readonly calculation: TaxCalculation } | { readonly ok: false; readonly problems: readonly TaxProblem[] };
