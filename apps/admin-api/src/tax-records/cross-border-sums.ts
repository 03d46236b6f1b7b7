import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { TaxSums } from './tax-sums.repository.js';

/** What was sold on one UTC day in one currency. */
export interface CrossBorderSum {
  /** `YYYY-MM-DD` */
  day: string;
  currency: string;
  /** Minor units; what went back is taken off. */
  net: number;
}

/**
 * What was sold to consumers in other Member States: what counts towards the EUR 10,000 of Art. 59c of the VAT Directive. The
 * seller's own country is never among it, nor are sales under the non-Union scheme, which knows no such limit.
 */
@Injectable()
export class CrossBorderSums {
  constructor(private readonly sums: TaxSums) {}

  /** Of a calendar year, UTC; one for each day and currency, so that each can be converted at the rate of its day. In order. */
  async ofYear(scope: TenantScope, year: number): Promise<CrossBorderSum[]> {
    const days = { first: `${year}-01-01`, last: `${year}-12-31` };
    const filter = { source: 'both', standing: 'active' } as const;
    const found = await this.sums.readByDay(scope, filter, days, ['currency', 'taxTreatment', 'reason']);
    const sums = new Map<string, CrossBorderSum>();
    for (const { day, currency, taxTreatment, reason, net } of found) {
      const isCounted = (taxTreatment === 'oss' && reason !== 'oss_non_union') || reason === 'below_oss_threshold';
      if (!isCounted) continue;
      const key = `${day} ${currency}`;
      sums.set(key, { day, currency, net: (sums.get(key)?.net ?? 0) + net });
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  }
}
