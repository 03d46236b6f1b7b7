import { areOneKind, compareKinds } from '../decision/decided.js';
import type { TaxBreakdown, TaxComponent, TaxedLine } from '../tax-result.js';
import type { TaxedAmount } from './amounts.js';

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Absent fields are left out, not undefined: what is stored must read the same again. Assigned, since spreading is slow. */
export function taxedLine({ id, decision, net, tax, gross, components }: TaxedAmount): TaxedLine {
  const line: Writable<TaxedLine> = {
    id,
    supplyType: decision.supplyType,
    taxCountry: decision.taxCountry,
    treatment: decision.treatment,
    reason: decision.reason,
    category: decision.category,
    rate: decision.rate,
    rateCode: decision.rateCode,
    net,
    tax,
    gross,
    components: componentsOf(decision.parts, components),
    decidedBy: decision.decidedBy,
    explain: decision.explain,
  };
  if (decision.taxRegion !== undefined) line.taxRegion = decision.taxRegion;
  if (decision.exemptionCode !== undefined) line.exemptionCode = decision.exemptionCode;
  if (decision.legalText !== undefined) line.legalText = decision.legalText;
  return line;
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
    let row = rows.find(({ first }) => areOneKind(first.decision, decision));
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
    rows.sort((a, b) => compareKinds(a.first.decision, b.first.decision));
  }
  return rows.map(breakdownRow);
}

function breakdownRow({ first: { decision }, taxableBase, taxAmount, components, lines }: Row): TaxBreakdown {
  const row: Writable<TaxBreakdown> = {
    taxCountry: decision.taxCountry,
    supplyType: decision.supplyType,
    treatment: decision.treatment,
    reason: decision.reason,
    category: decision.category,
    taxRateCode: decision.rateCode,
    taxRate: decision.rate,
    taxableBase,
    taxAmount,
    components: componentsOf(decision.parts, components),
    lines,
  };
  if (decision.taxRegion !== undefined) row.taxRegion = decision.taxRegion;
  if (decision.exemptionCode !== undefined) row.exemptionCode = decision.exemptionCode;
  if (decision.legalText !== undefined) row.legalText = decision.legalText;
  return row;
}
