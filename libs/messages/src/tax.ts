import { VAT_ID_VALIDATIONS } from '@paygate/tax';
import type {
  ReversedBreakdown,
  TaxBreakdown,
  TaxCalculation,
  TaxConfiguration,
  TaxEvidence,
  TaxInput,
  TaxParties,
  TaxProblem,
  VatIdValidation,
} from '@paygate/tax';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsMongoId,
  IsObject,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  Min,
} from 'class-validator';
import { defineEvent, defineRequest, defineSnapshot } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';
import { TransactionRequest } from './transaction.js';

/** An organization's tax configuration. Absent for those that never enabled tax. */
export class TaxSnapshot {
  /** The organization's. */
  @IsMongoId() id!: string;
  @IsObject() configuration!: TaxConfiguration;
  /** Rises with every change; stands on what was calculated with it. */
  @IsInt() @Min(1) revision!: number;
}

export const taxSnapshot = defineSnapshot('tax', TaxSnapshot);

/** What moves tax: a paid transaction, money that goes back, a dispute that takes it. */
export const TAX_SOURCE_KINDS = ['transaction', 'refund', 'chargeback', 'invoice', 'credit_note'] as const;
export type TaxSourceKind = (typeof TAX_SOURCE_KINDS)[number];

export const RECOGNITION_MODES = ['accrual', 'cash'] as const;
export type RecognitionMode = (typeof RECOGNITION_MODES)[number];

/**
 * Tax that came into being or went back, told in the same database transaction as its source. One message says all that its
 * records need. A higher `taxVersion` of the same source replaces what lower ones said, in whatever order they come; `voided`
 * takes them back (a dispute was won).
 */
export class TaxMoved {
  /** `<sourceKind>-<sourceId>-<taxVersion>`: the same word never comes under another id. */
  @IsString() @MaxLength(200) id!: string;
  @IsMongoId() organizationId!: string;
  @IsBoolean() livemode!: boolean;
  @IsMongoId() siteId!: string;
  @IsIn(TAX_SOURCE_KINDS) sourceKind!: TaxSourceKind;
  /** Id of the transaction, refund or chargeback. */
  @IsString() @MaxLength(64) sourceId!: string;
  @IsMongoId() transactionId!: string;
  @IsOptional() @IsMongoId() checkoutId?: string;
  @IsOptional() @IsMongoId() clientId?: string;
  /** Of the invoice it belongs to: reports over invoices and payments count it once. */
  @IsOptional() @IsMongoId() invoiceId?: string;
  @IsOptional() @IsString() @MaxLength(64) invoiceNumber?: string;
  /** Of this source: 1, then one more with every message about it, also with those that void it. */
  @IsInt() @Min(1) taxVersion!: number;
  /** Nothing of this source stands, whatever lower versions said. `breakdown` is empty and `untaxed` 0. */
  @IsOptional() @IsBoolean() voided?: boolean;
  /**
   * When it counts for the reports: of a sale its tax point (under cash recognition when it was paid), of everything else when
   * it happened. The same in every version of a source.
   */
  @IsISO8601() recognizedAt!: string;
  /** Of what goes back: `recognizedAt` of the sale. A return of an earlier quarter's sale corrects that quarter. */
  @IsOptional() @IsISO8601() saleRecognizedAt?: string;
  /** By the settings when it was decided; accrual when absent. */
  @IsOptional() @IsIn(RECOGNITION_MODES) recognitionMode?: RecognitionMode;
  @IsString() @Length(3, 3) currency!: string;
  @IsObject() parties!: TaxParties;
  @IsOptional() @IsObject() evidence?: TaxEvidence;
  /** Minor units; negative for money that goes back. Empty when nothing is known of its tax. */
  @IsArray() breakdown!: (TaxBreakdown | ReversedBreakdown)[];
  /** The part of the amount whose tax is not known, minor units with its sign. */
  @IsInt() untaxed!: number;
}

export const taxMoved = defineEvent('main.event.tax.moved.v1', TaxMoved);

/** The tax of one transaction: what it was calculated from, and what came of it. */
export class TransactionTaxDecision {
  transactionId!: string;
  siteId!: string;
  livemode!: boolean;
  currency!: string;
  amount!: number;
  /** `given`: the shop named it. `calculated`: by the engine. `unknown`: see `problems`. */
  origin!: 'given' | 'calculated' | 'unknown';
  /** Rises with every recalculation; 0 when nothing was decided because tax was not enabled: then only what the shop named. */
  version!: number;
  calculatedAt!: string;
  calculation?: TaxCalculation;
  problems?: TaxProblem[];
  /** All it takes to calculate the same again. */
  input!: TaxInput;
  configuration!: TaxConfiguration;
  configurationRevision?: number;
  /** What it has told so far, its refunds' and disputes' included. */
  movements!: TaxMoved[];
}

export const getTransactionTax = defineRequest('main.query.transaction.tax.v1', TransactionRequest, TransactionTaxDecision);

/** Calculates once more with the present configuration, and tells the new movements. Refused with `transaction_not_found`. */
export class RecalculateTransactionTaxCommand extends TransactionRequest {}
export const recalculateTransactionTax = defineRequest(
  'main.command.transaction.recalculate-tax.v1',
  RecalculateTransactionTaxCommand,
  TransactionTaxDecision,
  10_000,
);

/** Paid transactions with their tax, oldest first, to build the records anew; go on with the cursor of the last answer. */
export class ListTransactionTaxesRequest extends PageRequest {
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
  @IsOptional() @IsMongoId() siteId?: string;
}
export class TransactionTaxPage implements PageReply<TransactionTaxDecision> {
  items!: TransactionTaxDecision[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}
export const listTransactionTaxes = defineRequest(
  'main.query.transaction.taxes.v1',
  ListTransactionTaxesRequest,
  TransactionTaxPage,
  10_000,
);

/** What is known of a VAT id. */
export class CheckVatIdRequest extends TenantRequest {
  /** Spaces, dots and dashes do not matter. */
  @IsString() @Length(1, 50) vatId!: string;
  /** ISO 3166-1 alpha-2: where the company is. Needed for a number written without its prefix. */
  @IsOptional() @IsString() @Length(2, 2) countryCode?: string;
  /** Ask the Commission's service even when a remembered answer would do. */
  @IsOptional() @IsBoolean() fresh?: boolean;
  /** Instead of what the organization's settings say. */
  @IsOptional() @IsIn(VAT_ID_VALIDATIONS) validation?: VatIdValidation;
}
export class VatIdCheck {
  /** Canonical: prefix and number, capitals, no spaces. As it was written when it cannot be a VAT id. */
  vatId!: string;
  /** ISO 3166-1 alpha-2 (`GR`, although its numbers begin with `EL`), `XI` for Northern Ireland; empty when nobody can say. */
  countryCode!: string;
  /** `valid`, `invalid`, `format` (well-formed, not asked about), `unavailable` (asked, no answer), `recent` (no answer now, a young enough positive one). */
  status!: 'valid' | 'invalid' | 'format' | 'unavailable' | 'recent';
  companyName?: string;
  address?: string;
  consultationNumber?: string;
  /** When the Commission's service answered; of `recent`, then. */
  checkedAt?: string;
  /** Why it is not valid (`MALFORMED`, `CHECK_DIGITS`, `NOT_REGISTERED`) or why there is no answer, e.g. `MS_UNAVAILABLE`. */
  reason?: string;
}
export const checkVatId = defineRequest('main.query.vat-id.check.v1', CheckVatIdRequest, VatIdCheck, 12_000);

/** The Commission's service has answered at last about the VAT id of a transaction made while it did not. */
export class VatIdRechecked {
  @IsMongoId() organizationId!: string;
  @IsBoolean() livemode!: boolean;
  @IsMongoId() transactionId!: string;
  @IsObject() check!: VatIdCheck;
}
export const vatIdRechecked = defineEvent('main.event.vat-id.rechecked.v1', VatIdRechecked);
