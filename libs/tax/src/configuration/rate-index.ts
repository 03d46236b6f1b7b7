import { isCountryCode } from '../places/countries.js';
import type { TaxRate } from '../tax-rate.js';

/** Where a rate is looked for. */
export interface RatePlace {
  readonly country: string;
  readonly region?: string;
}

/** Finds the rate of a place by its code on a day. */
export class RateIndex {
  private readonly rows = new Map<string, TaxRate[]>();

  constructor(rates: readonly TaxRate[]) {
    for (const rate of rates) {
      const key = keyOf(rate, rate.code);
      const rows = this.rows.get(key);
      if (rows) rows.push(rate);
      else this.rows.set(key, [rate]);
    }
    // Where periods overlap, which is refused on entry, the row that began last counts.
    for (const rows of this.rows.values()) rows.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  }

  /** Of the region itself, else of its country. @param code `DE_REDUCED`, or `reduced` for that of the place */
  find(place: RatePlace, code: string, day: string): TaxRate | undefined {
    const { country, region } = place;
    const kind = rateKind(code);
    return (
      (region === undefined ? undefined : (this.at(place, code, day) ?? this.at(place, `${country}_${region}_${kind}`, day))) ??
      this.at({ country }, code, day) ??
      this.at({ country }, `${country}_${kind}`, day)
    );
  }

  /** Of exactly that place under exactly that code. */
  at(place: RatePlace, code: string, day: string): TaxRate | undefined {
    return this.rows
      .get(keyOf(place, code))
      ?.find(({ validFrom, validTo }) => validFrom <= day && (validTo === undefined || day <= validTo));
  }
}

function keyOf({ country, region }: RatePlace, code: string): string {
  return region === undefined ? `${country} ${code}` : `${country}-${region} ${code}`;
}

const kinds = new Map<string, string>();

/** `DE_REDUCED_2` → `REDUCED_2`, `US_TX_STANDARD` → `STANDARD`, `reduced` → `REDUCED`. */
export function rateKind(code: string): string {
  let kind = kinds.get(code);
  if (kind === undefined) {
    const upper = code.trim().toUpperCase();
    const match = /^([A-Z]{2})_(?:[A-Z0-9]{2}_)?(.+)$/.exec(upper);
    kind = match?.[2] !== undefined && isCountryCode(match[1]) ? match[2] : upper;
    if (kinds.size > 10_000) kinds.clear();
    kinds.set(code, kind);
  }
  return kind;
}
