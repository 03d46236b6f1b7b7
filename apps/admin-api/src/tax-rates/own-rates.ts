import { DomainError } from '@paygate/kernel';
import { overlap } from './rate-periods.js';
import { seriesOf } from './tax-rate.js';
import type { RateDetails, StoredTaxRate } from './tax-rate.js';

/** All rates travel in one message to the services that calculate. */
export const MOST_RATES = 2000;

/**
 * Two rates of one place and code on the same day: nobody could say which counts.
 * @throws DomainError `tax_rate_overlap` naming the one that is there, `tax_configuration_full`
 */
export function requireRoom(stored: readonly StoredTaxRate[], wanted: RateDetails): void {
  const other = stored.find((rate) => seriesOf(rate) === seriesOf(wanted) && overlap(rate, wanted));
  if (other) {
    const { id, code, validFrom, validTo } = other;
    const until = validTo === undefined ? 'on' : `to ${validTo}`;
    const message = `The rate ${id} (${code}, from ${validFrom} ${until}) holds on some of these days already.`;
    const problem = { field: 'validFrom', code: 'overlap', message, expected: `days on which ${id} does not hold`, rateId: id };
    throw new DomainError('tax_rate_overlap', message, [problem]);
  }
  if (stored.length >= MOST_RATES)
    throw new DomainError('tax_configuration_full', `An organization can have at most ${MOST_RATES} tax rates.`);
}
