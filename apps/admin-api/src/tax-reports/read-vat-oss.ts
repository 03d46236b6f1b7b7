import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { textDownload } from '../downloads/index.js';
import type { Download } from '../downloads/index.js';
import { ExchangeRates, inEuroCents } from '../exchange-rates/index.js';
import type { EuroRate } from '../exchange-rates/index.js';
import { OrganizationZone } from '../organizations/index.js';
import { TaxConfigurationsRepository } from '../tax-configuration/index.js';
import { TaxRecordsRepository, TaxSums } from '../tax-records/index.js';
import type { TaxRecord, TaxSumFilter } from '../tax-records/index.js';
import { quarterPeriod } from '../zoned-period/index.js';
import type { VatOssResponse } from './dto/vat-oss.response.js';
import type { ElsterExportQuery, VatOssDetailsQuery, VatOssQuery } from './dto/vat-oss.query.js';
import { elsterCsv } from './oss/elster-csv.js';
import { OSS_DIMENSIONS, ossReturn } from './oss/oss-return.js';
import { ossXml } from './oss/oss-xml.js';
import type { OssTrader } from './oss/oss-xml.js';

type OssAnswer = VatOssResponse & { sellerCountry: string; scheme: OssTrader['scheme'] };

/** The quarterly return of the One-Stop-Shop. */
@Injectable()
export class ReadVatOss {
  constructor(
    private readonly sums: TaxSums,
    private readonly records: TaxRecordsRepository,
    private readonly rates: ExchangeRates,
    private readonly configurations: TaxConfigurationsRepository,
    private readonly zone: OrganizationZone,
  ) {}

  /** @throws DomainError `exchange_rate_missing` naming currency and day */
  async summary(scope: TenantScope, query: VatOssQuery): Promise<VatOssResponse> {
    const { sellerCountry: _sellerCountry, ...answer } = await this.report(scope, query);
    return answer;
  }

  /** The records behind the return, corrections included, newest first. */
  async details(scope: TenantScope, query: VatOssDetailsQuery): Promise<Page<TaxRecord>> {
    const { country, rateCode, supplyType, page, limit, cursor } = query;
    const asked = await this.zone.for(scope, query);
    const filter = { ...filterOf(asked), taxCountry: country?.toUpperCase(), rateCode, supplyType };
    return this.records.list(scope, filter, { page, limit, cursor });
  }

  async exportXml(scope: TenantScope, query: VatOssQuery): Promise<Download> {
    const report = await this.report(scope, query);
    const { sellerCountry: country, scheme, registrationId } = report;
    const parts = ossXml(report, { country, scheme, registrationId });
    return textDownload(`vat-oss-${query.year}-Q${query.quarter}.xml`, 'application/xml', parts);
  }

  /** @throws DomainError `tax_export_not_applicable` */
  async exportElster(scope: TenantScope, query: ElsterExportQuery): Promise<Download> {
    // Made as a whole before it is sent: it is refused as a whole too.
    const lines = [...elsterCsv(await this.report(scope, query), query.decimal)];
    return textDownload(`vat-oss-elster-${query.year}-Q${query.quarter}.csv`, 'text/csv', lines);
  }

  private async report(scope: TenantScope, query: VatOssQuery): Promise<OssAnswer> {
    const asked = await this.zone.for(scope, query);
    const { year, quarter, timezone } = asked;
    const { from, lastDay } = quarterPeriod(year, quarter, timezone);
    const [{ settings }, { sums, corrections }] = await Promise.all([
      this.configurations.find(scope),
      this.sums.readWithCorrections(scope, filterOf(asked), OSS_DIMENSIONS, { saleBefore: from, timezone }),
    ]);
    const rates = await this.ratesOf(new Set([...sums, ...corrections].map(({ currency }) => currency)), lastDay);
    const inEuro = (amount: number, currency: string): number => {
      const rate = rates.get(currency);
      return rate ? inEuroCents(amount, rate) : amount;
    };
    const { oss, vatId, sellerCountry } = settings;
    return {
      ...{ timezone, scheme: oss.scheme, registrationId: oss.registrationId ?? vatId, currency: 'EUR' },
      ...ossReturn({ year, quarter }, sums, corrections, inEuro),
      exchangeRates: [...rates.values()].map(({ currency, decimal, day }) => ({ currency, unitsPerEuro: decimal, day })),
      sellerCountry: oss.country ?? sellerCountry,
    };
  }

  /** By law those of the last day of the quarter, or of the next day that has one. */
  private async ratesOf(currencies: ReadonlySet<string>, day: string): Promise<Map<string, EuroRate>> {
    const rates = new Map<string, EuroRate>();
    for (const currency of [...currencies].sort()) {
      if (currency === 'EUR') continue;
      const rate = await this.rates.unitsPerEuro(currency, day, 'after');
      if (!rate) {
        const message = `There is no reference rate of the European Central Bank for ${currency} on ${day}; ask the operator to import it.`;
        throw new DomainError('exchange_rate_missing', message, { currency, day });
      }
      rates.set(currency, rate);
    }
    return rates;
  }
}

function filterOf({ year, quarter, timezone, siteId }: VatOssQuery & { timezone: string }): TaxSumFilter {
  const { from, until } = quarterPeriod(year, quarter, timezone);
  return { from, until, siteId, source: 'both', standing: 'active', taxTreatment: 'oss' };
}
