import { rateUnits } from '../arithmetic/percent.js';
import { isCountryCode } from '../places/countries.js';
import type { RateType, TaxRate } from '../tax-rate.js';

/** Where a rate is looked for. */
export interface RatePlace {
  readonly country: string;
  readonly region?: string;
}

/** One rate that a line bears; several only where taxes are levied side by side. */
export interface RatePart {
  readonly type: RateType;
  readonly region?: string;
  readonly rateCode: string;
  /** Percent. */
  readonly rate: number;
  /** Millionths of a percent. */
  readonly units: number;
}

/** A rate as calculations use it, prepared once. */
export interface IndexedRate {
  readonly id: string;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly part: RatePart;
  /** `DE_STANDARD is 19 %`. */
  readonly sentence: string;
}

/** Finds the rate of a place by its code on a day. */
export class RateIndex {
  private readonly rows = new Map<string, IndexedRate[]>();
  private readonly byPlace = new Map<string, IndexedRate[]>();

  constructor(rates: readonly TaxRate[]) {
    for (const rate of rates) {
      const row = prepared(rate);
      append(this.rows, keyOf(rate, rate.code), row);
      append(this.byPlace, keyOf(rate, ''), row);
    }
    // Where periods overlap, which is refused on entry, the row that began last counts.
    for (const rows of this.rows.values()) rows.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  }

  /** Of the region itself, else of its country. @param code `DE_REDUCED`, or `reduced` for that of the place */
  find(place: RatePlace, code: string, day: string): IndexedRate | undefined {
    const { country, region } = place;
    const kind = rateKind(code);
    if (region !== undefined) {
      const regional = this.at(keyOf(place, `${country}_${region}_${kind}`), day) ?? this.at(keyOf(place, code), day);
      if (regional) return regional;
    }
    const national = region === undefined ? place : { country };
    return this.at(keyOf(national, code), day) ?? this.at(keyOf(national, `${country}_${kind}`), day);
  }

  /** The rate of exactly that size, of the region itself, else of its country; the standard rate before others. */
  ofSize(place: RatePlace, units: number, day: string): IndexedRate | undefined {
    const places = place.region === undefined ? [place] : [place, { country: place.country }];
    for (const each of places) {
      const fitting = (this.byPlace.get(keyOf(each, '')) ?? []).filter((row) => row.part.units === units && holds(row, day));
      const found = fitting.find(({ part }) => rateKind(part.rateCode) === 'STANDARD') ?? fitting[0];
      if (found) return found;
    }
    return undefined;
  }

  private at(key: string, day: string): IndexedRate | undefined {
    return this.rows.get(key)?.find((row) => holds(row, day));
  }
}

function holds({ validFrom, validTo }: IndexedRate, day: string): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo);
}

function append(rows: Map<string, IndexedRate[]>, key: string, row: IndexedRate): void {
  const known = rows.get(key);
  if (known) known.push(row);
  else rows.set(key, [row]);
}

function prepared({ id, validFrom, validTo, type, region, code, rate }: TaxRate): IndexedRate {
  return { id, validFrom, validTo, part: { type, region, rateCode: code, rate, units: rateUnits(rate) }, sentence: `${code} is ${rate} %` };
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
