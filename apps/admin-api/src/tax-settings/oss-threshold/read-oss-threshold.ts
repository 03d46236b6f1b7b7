import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { isEuMember, zoneOf } from '@paygate/tax';
import type { TaxSettings } from '@paygate/tax';
import { ExchangeRates } from '../../exchange-rates/index.js';
import { TaxConfigurationsRepository } from '../../tax-configuration/index.js';
import { TaxSums } from '../../tax-records/index.js';
import { dayIn, startOfDay } from '../../zoned-period/index.js';
import { countsTowardsThreshold } from './counted-sales.js';
import { sumOfYear, THRESHOLD } from './sum-of-year.js';
import type { DaySales, YearSum } from './sum-of-year.js';
import { thresholdAction } from './threshold-action.js';

/** Amounts in cents. */
export interface OssThreshold {
  applicable: boolean;
  threshold: number;
  /** IANA zone in which the years begin. */
  timezone: string;
  exceeded: boolean;
  exceededAt?: string;
  remaining: number;
  complete: boolean;
  ossEnabled: boolean;
  thresholdExceeded: boolean;
  action: string;
  /** This year and the one before it. */
  years: readonly YearSum[];
}

const COUNTED_BY = [
  'currency',
  'sellerCountry',
  'taxCountry',
  'buyerCountry',
  'buyerType',
  'supplyType',
  'taxTreatment',
  'reason',
] as const;

/** How near sales to consumers in other Member States are to EUR 10,000, in this year and the one before it. */
@Injectable()
export class ReadOssThreshold {
  constructor(
    private readonly configurations: TaxConfigurationsRepository,
    private readonly sums: TaxSums,
    private readonly rates: ExchangeRates,
  ) {}

  /** Of the live or test sales the scope is for. */
  async execute(scope: TenantScope): Promise<OssThreshold> {
    const { settings } = await this.configurations.find(scope);
    return this.of(scope, settings);
  }

  async of(scope: TenantScope, settings: TaxSettings): Promise<OssThreshold> {
    const { sellerCountry, oss, enabled } = settings;
    const applicable = isEuMember(sellerCountry);
    const timezone = applicable ? zoneOf(sellerCountry) : 'UTC';
    const year = Number(dayIn(timezone, systemClock.now().getTime()).slice(0, 4));
    const years = applicable
      ? [await this.year(scope, sellerCountry, year, timezone), await this.year(scope, sellerCountry, year - 1, timezone)]
      : [];
    const exceededAt = years.flatMap((one) => one.exceededAt ?? []).sort()[0];
    const exceeded = exceededAt !== undefined;
    const remaining = exceeded ? 0 : THRESHOLD - Math.max(0, years[0]?.netEur ?? 0);
    const complete = years.every(({ currencies }) => currencies.every(({ missingRateDays }) => missingRateDays.length === 0));
    const facts = { applicable, sellerCountry, exceeded, remaining, ossEnabled: oss.enabled, taxEnabled: enabled, complete };
    return {
      applicable,
      threshold: THRESHOLD,
      timezone,
      exceeded,
      ...(exceededAt === undefined ? {} : { exceededAt }),
      remaining,
      complete,
      ossEnabled: oss.enabled,
      thresholdExceeded: oss.thresholdExceeded,
      action: thresholdAction(facts),
      years,
    };
  }

  private async year(scope: TenantScope, sellerCountry: string, year: number, zone: string): Promise<YearSum> {
    const [from, until] = [startOfDay(`${year}-01-01`, zone), startOfDay(`${year + 1}-01-01`, zone)];
    // A payment of an invoice counts once, by the invoice.
    const filter = { from, until, source: 'both', standing: 'active' } as const;
    const sums = await this.sums.daily(scope, filter, COUNTED_BY);
    const sales = sums
      .filter((sum) => countsTowardsThreshold(sum, sellerCountry))
      .map(({ day, currency, net }): DaySales => ({ day, currency, net }));
    return sumOfYear(year, sales, await this.rates.table(`${year}-01-01`, `${year}-12-31`));
  }
}
