import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page, PageQuery } from '@paygate/nest-kit';
import { OrganizationZone } from '../organizations/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import { zonedPeriod } from '../zoned-period/index.js';
import type { ListTaxRecordsQuery } from './dto/list-tax-records.query.js';
import type { TaxRecord } from './tax-record.js';
import { TaxRecordsRepository } from './tax-records.repository.js';

@Injectable()
export class ReadTaxRecords {
  constructor(
    private readonly records: TaxRecordsRepository,
    private readonly rpc: RpcClient,
    private readonly zone: OrganizationZone,
  ) {}

  /** @throws DomainError `validation_failed` for a period that ends before it begins, or is given twice */
  async list(scope: TenantScope, query: ListTaxRecordsQuery): Promise<Page<TaxRecord>> {
    const { from, to, startDate, endDate, timezone, page, limit, cursor, taxCountry, ...equal } = await this.zone.for(scope, query);
    const period = zonedPeriod({ startDate: oneOf('from', from, startDate), endDate: oneOf('to', to, endDate), timezone });
    return this.records.list(scope, { ...equal, taxCountry: taxCountry?.toUpperCase(), ...period }, { page, limit, cursor });
  }

  /** @throws DomainError `tax_record_not_found` */
  async get(scope: TenantScope, id: string): Promise<TaxRecord> {
    const record = await this.records.find(scope, pathId(id, 'tax_record_not_found'));
    if (!record) throw new DomainError('tax_record_not_found');
    return record;
  }

  /** @throws DomainError `transaction_not_found` */
  async ofTransaction(scope: TenantScope, id: string, { page, limit, cursor }: PageQuery): Promise<Page<TaxRecord>> {
    const transactionId = pathId(id, 'transaction_not_found');
    const found = await this.records.list(scope, { transactionId }, { page, limit, cursor });
    // Whether there is such a transaction only main-backend knows.
    if (found.total === 0) await this.rpc.request(getTransaction, tenantRequest(scope, { transactionId }));
    return found;
  }

  /** @throws DomainError `invoice_not_found` for one that has no records */
  async ofInvoice(scope: TenantScope, id: string, { page, limit, cursor }: PageQuery): Promise<Page<TaxRecord>> {
    const found = await this.records.list(scope, { invoiceId: pathId(id, 'invoice_not_found') }, { page, limit, cursor });
    if (found.total === 0) throw new DomainError('invoice_not_found');
    return found;
  }
}

function oneOf(field: string, one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const expected = field === 'from' ? 'from or startDate, not both' : 'to or endDate, not both';
  throw DomainError.invalid({ field, code: 'period', message: `Send ${expected}.`, expected });
}
