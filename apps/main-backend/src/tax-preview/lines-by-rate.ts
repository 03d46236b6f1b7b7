import type { TaxableLine } from './preview-tax.js';

/** What lines come to, by the tax rate they name. Minor units. */
export interface LinesByRate {
  readonly byRate: ReadonlyMap<number, bigint>;
  /** Of lines that name no rate. */
  readonly rateless: bigint;
}

export function lineTotal({ quantity, unitPrice }: Pick<TaxableLine, 'quantity' | 'unitPrice'>): bigint {
  return BigInt(quantity) * BigInt(unitPrice);
}

/** A discount that names no rate lowers the whole order: it is spread over everything else by value, to the last cent. */
export function linesByRate(lines: readonly TaxableLine[]): LinesByRate {
  const byRate = new Map<number, bigint>();
  let rateless = 0n;
  let discount = 0n;
  for (const line of lines) {
    const total = lineTotal(line);
    if (line.vatRate !== undefined) byRate.set(line.vatRate, (byRate.get(line.vatRate) ?? 0n) + total);
    else if (total < 0n) discount += total;
    else rateless += total;
  }
  return spread({ byRate, rateless }, discount);
}

function spread({ byRate, rateless }: LinesByRate, discount: bigint): LinesByRate {
  const weights = [...byRate.values(), rateless].map((total) => (total > 0n ? total : 0n));
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (discount === 0n || whole === 0n) return { byRate, rateless: rateless + discount };
  // Cumulative shares, rounded: whatever one part loses by rounding, the next one gets.
  let seen = 0n;
  let given = 0n;
  const parts = weights.map((weight) => {
    seen += weight;
    const upTo = (discount * seen) / whole;
    const part = upTo - given;
    given = upTo;
    return part;
  });
  const lowered = [...byRate].map(([rate, total], index) => [rate, total + (parts[index] ?? 0n)] as const);
  return { byRate: new Map(lowered), rateless: rateless + (parts.at(-1) ?? 0n) };
}
