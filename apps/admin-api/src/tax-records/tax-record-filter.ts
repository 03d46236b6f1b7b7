import type { RecognitionMode, TaxSourceKind } from '@paygate/messages';
import type { RecordTreatment, Standing } from './tax-record.js';

/** Which sources a report looks at. `both` counts the payment of an invoice once: by the invoice. */
export const REPORT_SOURCES = ['transactions', 'invoices', 'both'] as const;
export type ReportSource = (typeof REPORT_SOURCES)[number];

/** Instants of recognition, `from` included, `until` not. */
export interface RecordPeriod {
  from?: Date;
  until?: Date;
}

/** What both records and their sums can be narrowed by. */
export interface TaxSumFilter extends RecordPeriod {
  source?: ReportSource;
  sourceKind?: TaxSourceKind;
  siteId?: string;
  standing?: Standing;
  taxCountry?: string;
  buyerCountry?: string;
  taxTreatment?: RecordTreatment;
  supplyType?: string | readonly string[];
  rateCode?: string;
  currency?: string;
  recognitionMode?: RecognitionMode;
}

export interface TaxRecordFilter extends TaxSumFilter {
  transactionId?: string;
  invoiceId?: string;
  /** What goes back of sales that counted before that. */
  saleBefore?: Date;
}

const OF_TRANSACTIONS: readonly TaxSourceKind[] = ['transaction', 'refund', 'chargeback'];
const OF_INVOICES: readonly TaxSourceKind[] = ['invoice', 'credit_note'];

/** The condition on dimensions, without the period. */
export function matchingDimensions(filter: TaxSumFilter): Record<string, unknown> {
  const { from: _from, until: _until, source, sourceKind, supplyType, ...equal } = filter;
  const kinds = source === 'transactions' ? OF_TRANSACTIONS : source === 'invoices' ? OF_INVOICES : undefined;
  const wanted = sourceKind === undefined ? kinds : [sourceKind].filter((kind) => !kinds || kinds.includes(kind));
  return {
    ...Object.fromEntries(Object.entries<unknown>(equal).filter(([, value]) => value !== undefined)),
    ...(source === 'both' ? { invoiced: false } : {}),
    ...(wanted ? { sourceKind: wanted.length === 1 ? wanted[0] : { $in: wanted } } : {}),
    ...(supplyType === undefined ? {} : { supplyType: typeof supplyType === 'string' ? supplyType : { $in: supplyType } }),
  };
}

export function matchingRecords({ saleBefore, ...filter }: TaxRecordFilter): Record<string, unknown> {
  return {
    ...matchingDimensions(filter),
    ...recognizedWithin(filter),
    ...(saleBefore ? { saleRecognizedAt: { $lt: saleBefore } } : {}),
  };
}

export function recognizedWithin({ from, until }: RecordPeriod): Record<string, unknown> {
  return from || until ? { recognizedAt: { ...(from && { $gte: from }), ...(until && { $lt: until }) } } : {};
}
