import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Model } from 'mongoose';
import { definedFields } from '../queries/index.js';
import { VAT_ID_CHECK_MODEL } from './vat-id-check.schema.js';
import type { VatIdCheckRow } from './vat-id-check.schema.js';

export type VatIdAnswer = Omit<VatIdCheckRow, '_id' | 'organizationId' | 'livemode'>;

/** The answers of the Commission's service, by tenant. They are added and never changed. */
@Injectable()
export class VatIdChecksRepository {
  constructor(@InjectModel(VAT_ID_CHECK_MODEL) private readonly rows: Model<VatIdCheckRow>) {}

  async add(scope: TenantScope, answer: VatIdAnswer): Promise<void> {
    const row: VatIdCheckRow = { _id: newObjectId(answer.checkedAt), ...tenantFilter(scope), ...answer };
    await this.rows.create([definedFields(row)]);
  }

  /** The latest answer about a VAT id, whatever it said. */
  async findLatest(scope: TenantScope, vatId: string): Promise<VatIdAnswer | undefined> {
    const row = await this.rows
      .findOne({ ...tenantFilter(scope), vatId })
      .sort({ checkedAt: -1 })
      .lean<VatIdCheckRow | null>();
    return row ?? undefined;
  }
}
