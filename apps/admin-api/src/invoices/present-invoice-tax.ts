import type { TaxCalculation, TaxInput, TaxLine } from '@paygate/tax';
import { presentBreakdown } from '../transactions/index.js';
import type { InvoiceTaxItemResponse, InvoiceTaxPreviewResponse } from './dto/invoice-tax-preview.response.js';

export function presentInvoiceTax(
  { siteId, clientId }: { siteId: string; clientId: string },
  { currency, taxPoint, lines }: TaxInput,
  calculation: TaxCalculation,
): InvoiceTaxPreviewResponse {
  const { taxIncluded, totalNet, totalTax, totalGross, parties, evidence } = calculation;
  return {
    ...{ siteId, clientId, currency, taxPoint, taxIncluded, totalNet, totalTax, totalGross },
    items: lines.flatMap((line) => presentItem(line, calculation)),
    taxBreakdown: calculation.breakdown.map(presentBreakdown),
    taxDecision: parties,
    evidence: evidence ? { ...evidence, pieces: [...evidence.pieces] } : null,
    warnings: [...calculation.warnings],
  };
}

function presentItem(
  { id, description = '', quantity, unitPrice, amountType, itemType }: TaxLine,
  calculation: TaxCalculation,
): InvoiceTaxItemResponse[] {
  const taxed = calculation.lines.find((line) => line.id === id);
  if (!taxed) return [];
  const {
    rate: taxRate,
    rateCode: taxRateCode,
    treatment: taxTreatment,
    taxCountry,
    legalText,
    net,
    tax,
    gross,
    decidedBy,
    explain,
  } = taxed;
  return [
    {
      ...{ description, quantity, unitPrice, amountType, itemType },
      ...{ taxRate, taxRateCode, taxTreatment, taxCountry, legalText, net, tax, gross, decidedBy, explain: [...explain] },
    },
  ];
}
