import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { TaxSums } from './tax-sums.repository.js';

/** Minor units; what went back is taken off. */
export interface CrossBorderSum {
  currency: string;
  net: number;
}

/**
 * What was sold to consumers in other Member States: what counts towards the EUR 10,000 of Art. 59c of the VAT Directive. The
 * seller's own country is never among it, nor are sales under the non-Union scheme, which knows no such limit.
 */
@Injectable()
export class CrossBorderSums {
  constructor(private readonly sums: TaxSums) {}

  /** Of a calendar year, UTC; one for each currency. */
  async ofYear(scope: TenantScope, year: number): Promise<CrossBorderSum[]> {
    const period = { from: new Date(Date.UTC(year, 0, 1)), until: new Date(Date.UTC(year + 1, 0, 1)) };
    return this.between(scope, period.from, period.until);
  }

  /** Of one UTC day, for sums that are converted at the rate of the day. */
  async ofDay(scope: TenantScope, day: string): Promise<CrossBorderSum[]> {
    const from = new Date(`${day}T00:00:00Z`);
    return this.between(scope, from, new Date(from.getTime() + 24 * 3600 * 1000));
  }

  private async between(scope: TenantScope, from: Date, until: Date): Promise<CrossBorderSum[]> {
    const filter = { from, until, source: 'both', standing: 'active' } as const;
    const found = await this.sums.read(scope, filter, ['currency', 'taxTreatment', 'reason']);
    const counted = found.filter(
      ({ taxTreatment, reason }) => (taxTreatment === 'oss' && reason !== 'oss_non_union') || reason === 'below_oss_threshold',
    );
    const sums = new Map<string, number>();
    for (const { currency, net } of counted) sums.set(currency, (sums.get(currency) ?? 0) + net);
    return [...sums].map(([currency, net]) => ({ currency, net })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
  }
}
