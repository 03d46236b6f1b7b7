import type { TaxBreakdown, TaxComponent, TaxEvidence, TaxTreatment } from '@paygate/tax';
import type { RecognitionMode, TaxSourceKind } from '@paygate/messages';

/**
 * Whether a record counts. `superseded`: a later calculation of the same source took its place; `voided`: taken back, as when a
 * dispute was won. The only thing about a record that ever changes.
 */
export const STANDINGS = ['active', 'superseded', 'voided'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Why a record counts no more: a higher version, a word that takes back, or a rebuild that found it different. */
export type StandingReason = 'replaced' | 'taken_back' | 'rebuilt';

/** `untaxed`: a part of the money whose tax is not known. */
export type RecordTreatment = TaxTreatment | 'untaxed';

/** ISO 3166 has it for "unknown". */
export const UNKNOWN_COUNTRY = 'ZZ';

/** What records are summed by. Every record has all of it; a region that does not matter is empty. */
export interface TaxDimensions {
  siteId: string;
  standing: Standing;
  sourceKind: TaxSourceKind;
  /** A payment, or money back, of an invoice that has records of its own. */
  invoiced: boolean;
  sellerCountry: string;
  taxCountry: string;
  taxRegion: string;
  buyerCountry: string;
  buyerType: string;
  supplyType: string;
  taxTreatment: RecordTreatment;
  reason: string;
  category: string;
  rateCode: string;
  /** Percent. */
  rate: number;
  currency: string;
  recognitionMode: RecognitionMode;
}

export const TAX_DIMENSIONS = [
  'siteId',
  'standing',
  'sourceKind',
  'invoiced',
  'sellerCountry',
  'taxCountry',
  'taxRegion',
  'buyerCountry',
  'buyerType',
  'supplyType',
  'taxTreatment',
  'reason',
  'category',
  'rateCode',
  'rate',
  'currency',
  'recognitionMode',
] as const satisfies readonly (keyof TaxDimensions)[];

/** Amounts in minor units. `evidenced` and `contradicted`: how many records have enough evidence of the place, and such that disagrees. */
export const TAX_FIGURES = ['count', 'net', 'tax', 'gross', 'evidenced', 'contradicted'] as const;
export type TaxFigure = (typeof TAX_FIGURES)[number];
export type TaxFigures = Record<TaxFigure, number>;

/** One row of the tax of one source. Amounts in minor units, negative for money that goes back; `net + tax = gross`. */
export interface TaxRecord extends TaxDimensions, Omit<TaxFigures, 'count'> {
  id: string;
  livemode: boolean;
  sourceId: string;
  transactionId: string;
  checkoutId?: string;
  clientId?: string;
  invoiceId?: string;
  invoiceNumber?: string;
  /** The message it was written from, its version of the source, and which row of it. */
  movementId: string;
  taxVersion: number;
  row: number;
  /** When it counts for the reports. */
  recognizedAt: Date;
  /** Of what goes back: when the sale counted. */
  saleRecognizedAt?: Date;
  vatId?: string;
  vatIdStatus?: string;
  consultationNumber?: string;
  exemptionCode?: string;
  legalText?: string;
  components: readonly TaxComponent[];
  /** Ids of the lines in it. */
  lines: TaxBreakdown['lines'];
  evidence?: TaxEvidence;
  standingReason?: StandingReason;
  /** The message that changed the standing; absent for a rebuild. */
  standingMovementId?: string;
  standingChangedAt?: Date;
  createdAt: Date;
}
