import { compare } from '../arithmetic/exact.js';
import type { TaxBreakdown, TaxComponent, TaxedLine } from '../tax-result.js';
import type { TaxedAmount } from './amounts.js';

export function taxedLine({ id, decision, net, tax, gross, components }: TaxedAmount): TaxedLine {
  const { supplyType, taxCountry, taxRegion, treatment, reason, category, exemptionCode, legalText, rate, rateCode } = decision;
  return {
    id,
    supplyType,
    taxCountry,
    ...(taxRegion !== undefined && { taxRegion }),
    treatment,
    reason,
    category,
    ...(exemptionCode !== undefined && { exemptionCode }),
    ...(legalText !== undefined && { legalText }),
    rate,
    rateCode,
    net,
    tax,
    gross,
    components: componentsOf(decision.parts, components),
    decidedBy: decision.decidedBy,
    explain: decision.explain,
  };
}

function componentsOf(parts: TaxedAmount['decision']['parts'], taxes: readonly number[]): TaxComponent[] {
  return parts.map(({ type, region, rateCode, rate }, index) => {
    const tax = taxes[index] ?? 0;
    return region === undefined ? { type, rateCode, rate, tax } : { type, region, rateCode, rate, tax };
  });
}

interface Row {
  readonly first: TaxedAmount;
  taxableBase: number;
  taxAmount: number;
  readonly components: number[];
  readonly lines: string[];
}

/** Lines of one kind, summed; the highest rate first. */
export function breakdownOf(amounts: readonly TaxedAmount[]): TaxBreakdown[] {
  const rows: Row[] = [];
  for (const amount of amounts) {
    const { decision, net, tax, components, id } = amount;
    let row = rows.find(({ first }) => first.decision === decision || first.decision.rowKey === decision.rowKey);
    if (!row) {
      row = { first: amount, taxableBase: 0, taxAmount: 0, components: components.map(() => 0), lines: [] };
      rows.push(row);
    }
    row.taxableBase += net;
    row.taxAmount += tax;
    for (let index = 0; index < components.length; index += 1) {
      row.components[index] = (row.components[index] ?? 0) + (components[index] ?? 0);
    }
    row.lines.push(id);
  }
  if (rows.length > 1) {
    rows.sort((a, b) => b.first.decision.units - a.first.decision.units || compare(a.first.decision.rowKey, b.first.decision.rowKey));
  }
  return rows.map(breakdownRow);
}

function breakdownRow({ first: { decision }, taxableBase, taxAmount, components, lines }: Row): TaxBreakdown {
  const { supplyType, taxCountry, taxRegion, treatment, reason, category, exemptionCode, legalText, rate, rateCode } = decision;
  return {
    taxCountry,
    ...(taxRegion !== undefined && { taxRegion }),
    supplyType,
    treatment,
    reason,
    category,
    ...(exemptionCode !== undefined && { exemptionCode }),
    ...(legalText !== undefined && { legalText }),
    taxRateCode: rateCode,
    taxRate: rate,
    taxableBase,
    taxAmount,
    components: componentsOf(decision.parts, components),
    lines,
  };
}
