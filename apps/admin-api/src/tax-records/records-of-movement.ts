import { createHash } from 'node:crypto';
import { isObjectId } from '@paygate/kernel';
import type { TaxMoved } from '@paygate/messages';
import { UNKNOWN_COUNTRY } from './tax-record.js';
import type { TaxRecord } from './tax-record.js';

/** A record before it is known how it stands. */
export type NewTaxRecord = Omit<TaxRecord, 'standing' | 'standingReason' | 'standingMovementId' | 'standingChangedAt'>;

/**
 * The records of a movement: one for each row of its breakdown, and one for what is left whose tax is not known.
 * @param build 0; higher when a rebuild writes records in place of such that differed
 */
export function recordsOfMovement(movement: TaxMoved, now: Date, build = 0): NewTaxRecord[] {
  if (movement.voided === true) return [];
  const shared = sharedFields(movement, now);
  const identity = (row: number) => ({ id: recordId(movement, row, build), row });
  const evidenced = movement.evidence?.sufficient === true ? 1 : 0;
  const contradicted = movement.evidence?.contradicting === true ? 1 : 0;
  const records = movement.breakdown.map((part, row): NewTaxRecord => ({
    ...shared,
    ...identity(row),
    taxCountry: part.taxCountry,
    taxRegion: part.taxRegion ?? '',
    supplyType: part.supplyType,
    taxTreatment: part.treatment,
    reason: part.reason,
    category: part.category,
    exemptionCode: part.exemptionCode,
    legalText: part.legalText,
    rateCode: part.taxRateCode,
    rate: part.taxRate,
    net: part.taxableBase,
    tax: part.taxAmount,
    gross: part.taxableBase + part.taxAmount,
    ...{ evidenced, contradicted },
    components: part.components,
    lines: part.lines,
  }));
  if (movement.untaxed === 0) return records;
  const { untaxed } = movement;
  return [
    ...records,
    {
      ...shared,
      ...identity(records.length),
      ...{ taxCountry: shared.buyerCountry, taxRegion: '', supplyType: 'goods', taxTreatment: 'untaxed', reason: 'tax_unknown' },
      ...{ category: 'O', rateCode: 'UNTAXED', rate: 0, net: untaxed, tax: 0, gross: untaxed, evidenced: 0, contradicted: 0 },
      ...{ components: [], lines: [] },
    },
  ];
}

function sharedFields(movement: TaxMoved, now: Date) {
  const { sourceKind, sourceId, parties, invoiceNumber } = movement;
  const ofInvoices = sourceKind === 'invoice' || sourceKind === 'credit_note';
  const invoiceId = movement.invoiceId ?? (sourceKind === 'invoice' && isObjectId(sourceId) ? sourceId : undefined);
  return {
    livemode: movement.livemode,
    siteId: movement.siteId,
    ...{ sourceKind, sourceId, invoiceId, invoiceNumber },
    invoiced: !ofInvoices && (invoiceId !== undefined || invoiceNumber !== undefined),
    transactionId: movement.transactionId,
    checkoutId: movement.checkoutId,
    clientId: movement.clientId,
    movementId: movement.id,
    taxVersion: movement.taxVersion,
    recognizedAt: new Date(movement.recognizedAt),
    saleRecognizedAt: movement.saleRecognizedAt === undefined ? undefined : new Date(movement.saleRecognizedAt),
    recognitionMode: movement.recognitionMode ?? ('accrual' as const),
    currency: movement.currency,
    sellerCountry: parties.sellerCountry || UNKNOWN_COUNTRY,
    buyerCountry: parties.buyerCountry ?? UNKNOWN_COUNTRY,
    buyerType: parties.buyerType,
    vatId: parties.vatId,
    vatIdStatus: parties.vatIdStatus,
    consultationNumber: parties.consultationNumber,
    evidence: movement.evidence,
    createdAt: now,
  };
}

/** Always the same for a row of a movement, so that no repetition can write it twice. */
function recordId({ organizationId, id }: TaxMoved, row: number, build: number): string {
  return createHash('sha256')
    .update(JSON.stringify([organizationId, id, row, build]))
    .digest('hex')
    .slice(0, 24);
}
