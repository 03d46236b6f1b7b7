import type { TaxMoved, TransactionTaxDecision } from '@paygate/messages';
import type { TaxBreakdown, TaxedLine, TaxInput } from '@paygate/tax';
import type { TaxBreakdownResponse, TaxDecisionResponse, TaxedLineResponse, TaxMovementResponse } from './dto/tax-decision.response.js';

/** Field by field: what main-backend adds becomes part of the public API only on purpose. */
export function presentTaxDecision(decision: TransactionTaxDecision): TaxDecisionResponse {
  const { calculation, input, configuration } = decision;
  return {
    transactionId: decision.transactionId,
    livemode: decision.livemode,
    currency: decision.currency,
    amount: decision.amount,
    origin: decision.origin,
    version: decision.version,
    calculatedAt: decision.calculatedAt,
    taxPoint: calculation?.taxPoint ?? input.taxPoint,
    taxIncluded: calculation?.taxIncluded ?? null,
    totalNet: calculation?.totalNet ?? null,
    totalTax: calculation?.totalTax ?? null,
    totalGross: calculation?.totalGross ?? null,
    taxBreakdown: (calculation?.breakdown ?? []).map(presentBreakdown),
    lines: (calculation?.lines ?? []).map((line) => presentLine(line, input)),
    taxDecision: calculation?.parties ?? null,
    evidence: calculation?.evidence ? { ...calculation.evidence, pieces: [...calculation.evidence.pieces] } : null,
    warnings: [...(calculation?.warnings ?? [])],
    problems: (decision.problems ?? []).map(({ code, field, message }) => ({ code, field, message })),
    configuration: { ...configuration, revision: decision.configurationRevision },
    movements: decision.movements.map(presentMovement),
  };
}

export function presentBreakdown(row: Omit<TaxBreakdown, 'lines'>): TaxBreakdownResponse {
  return {
    taxCountry: row.taxCountry,
    taxRegion: row.taxRegion,
    supplyType: row.supplyType,
    treatment: row.treatment,
    reason: row.reason,
    category: row.category,
    exemptionCode: row.exemptionCode,
    legalText: row.legalText,
    taxRateCode: row.taxRateCode,
    taxRate: row.taxRate,
    taxableBase: row.taxableBase,
    taxAmount: row.taxAmount,
    components: row.components.map((component) => ({ ...component })),
  };
}

function presentLine(line: TaxedLine, { lines }: TaxInput): TaxedLineResponse {
  return {
    id: line.id,
    description: lines.find(({ id }) => id === line.id)?.description,
    supplyType: line.supplyType,
    taxCountry: line.taxCountry,
    taxRegion: line.taxRegion,
    treatment: line.treatment,
    reason: line.reason,
    taxRate: line.rate,
    taxRateCode: line.rateCode,
    net: line.net,
    tax: line.tax,
    gross: line.gross,
    decidedBy: line.decidedBy,
    explain: [...line.explain],
  };
}

function presentMovement(moved: TaxMoved): TaxMovementResponse {
  const { id, sourceKind, sourceId, taxVersion, voided = false, recognizedAt, breakdown, untaxed } = moved;
  return { id, sourceKind, sourceId, taxVersion, voided, recognizedAt, breakdown: breakdown.map(presentBreakdown), untaxed };
}
