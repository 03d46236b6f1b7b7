import { without } from './rate-periods.js';
import { rateDetailsOf, seriesOf } from './tax-rate.js';
import type { RateDetails, StoredTaxRate } from './tax-rate.js';

/** What has to happen so that the stored default rates are those of the catalogue. */
export interface CataloguePlan {
  readonly create: readonly RateDetails[];
  /** Only their last day is another; without `validTo` they go on. */
  readonly end: readonly { readonly id: string; readonly validTo?: string }[];
  readonly remove: readonly string[];
  readonly counts: SyncCounts;
}

export interface SyncCounts {
  readonly created: number;
  readonly updated: number;
  /** Left as they are, the organization's own among them. */
  readonly kept: number;
  readonly removed: number;
}

/**
 * The organization's own rates stay and come first: on their days a default rate of the same place and code does not hold. A
 * rate is never edited: where the catalogue corrects one, another row takes its place.
 */
export function catalogueReplacement(stored: readonly StoredTaxRate[], catalogue: readonly RateDetails[]): CataloguePlan {
  const own = stored.filter(({ source }) => source === 'custom');
  const wanted = new Map(
    catalogue
      .flatMap((rate) => without(rate, ofSeries(own, rate)).map((period) => withPeriod(rate, period)))
      .map((rate) => [keyOf(rate), rate]),
  );
  const defaults = stored.filter(({ source }) => source === 'default');
  const present = new Map(defaults.map((rate) => [keyOf(rate), rate]));

  const missing = [...wanted].filter(([key]) => !present.has(key)).map(([, rate]) => rate);
  const matched = defaults.flatMap((rate) => {
    const now = wanted.get(keyOf(rate));
    return now ? [{ rate, now }] : [];
  });
  const corrected = matched.filter(({ rate, now }) => rate.rate !== now.rate || rate.type !== now.type);
  const ended = matched.filter((pair) => !corrected.includes(pair) && pair.rate.validTo !== pair.now.validTo);
  const dropped = defaults.filter((rate) => !wanted.has(keyOf(rate)));
  const updated = corrected.length + ended.length;
  return {
    create: [...missing, ...corrected.map(({ now }) => now)],
    end: ended.map(({ rate: { id }, now: { validTo } }) => ({ id, ...(validTo === undefined ? {} : { validTo }) })),
    remove: [...dropped, ...corrected.map(({ rate }) => rate)].map(({ id }) => id),
    counts: { created: missing.length, updated, kept: stored.length - updated - dropped.length, removed: dropped.length },
  };
}

function ofSeries(rates: readonly StoredTaxRate[], one: RateDetails): StoredTaxRate[] {
  return rates.filter((rate) => seriesOf(rate) === seriesOf(one));
}

function withPeriod(
  { validFrom: _from, validTo: _to, ...rate }: RateDetails,
  { validFrom, validTo }: Pick<RateDetails, 'validFrom' | 'validTo'>,
): RateDetails {
  return rateDetailsOf({ ...rate, validFrom, validTo });
}

function keyOf(rate: RateDetails): string {
  return `${seriesOf(rate)} ${rate.validFrom}`;
}
