import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { TenantScope } from '@paygate/kernel';
import { DEFAULT_TAX_SETTINGS } from '@paygate/tax';
import type { TaxSettings } from '@paygate/tax';
import type { ClientSession, Model } from 'mongoose';
import { TAX_CONFIGURATION_MODEL } from './tax-configuration.schema.js';
import type { TaxConfigurationRow } from './tax-configuration.schema.js';

export interface StoredTaxConfiguration {
  organizationId: string;
  settings: TaxSettings;
  /** 0: nothing was ever set. */
  revision: number;
  enabledAt?: Date;
}

/** Tax settings hold for an organization's live and test sales alike. */
@Injectable()
export class TaxConfigurationsRepository {
  constructor(@InjectModel(TAX_CONFIGURATION_MODEL) private readonly rows: Model<TaxConfigurationRow>) {}

  async find({ organizationId }: TenantScope, session?: ClientSession): Promise<StoredTaxConfiguration> {
    const row = await this.rows.findById(organizationId, null, { session }).lean<TaxConfigurationRow | null>();
    return row ? fromRow(row) : { organizationId, settings: DEFAULT_TAX_SETTINGS, revision: 0 };
  }

  /**
   * Raises the revision. Two changes of the same organization conflict here, and the database repeats the second, which then
   * sees what the first wrote.
   */
  async raise(
    { organizationId }: TenantScope,
    change: { settings?: TaxSettings; enabledAt?: Date },
    session: ClientSession,
  ): Promise<StoredTaxConfiguration> {
    const row = await this.rows
      .findOneAndUpdate(
        { _id: organizationId },
        {
          $inc: { revision: 1 },
          ...(Object.keys(change).length === 0 ? {} : { $set: change }),
          ...(change.settings ? {} : { $setOnInsert: { settings: DEFAULT_TAX_SETTINGS } }),
        },
        { session, upsert: true, returnDocument: 'after' },
      )
      .lean<TaxConfigurationRow>();
    return fromRow(row);
  }

  async findByIdForOperators(organizationId: string): Promise<StoredTaxConfiguration | undefined> {
    const row = await this.rows.findById(organizationId).lean<TaxConfigurationRow | null>();
    return row ? fromRow(row) : undefined;
  }

  /** Of those that ever enabled tax, by organization. */
  async revisionsForOperators(): Promise<Map<string, number>> {
    const rows = await this.rows.find({ enabledAt: { $ne: null } }, { revision: 1 }).lean<{ _id: string; revision: number }[]>();
    return new Map(rows.map(({ _id, revision }) => [_id, revision]));
  }

  /** Organizations that have tax calculated at present. */
  async enabledForOperators(): Promise<StoredTaxConfiguration[]> {
    const rows = await this.rows.find({ 'settings.enabled': true }).sort({ _id: 1 }).lean<TaxConfigurationRow[]>();
    return rows.map(fromRow);
  }
}

function fromRow({ _id, settings, revision, enabledAt }: TaxConfigurationRow): StoredTaxConfiguration {
  return { organizationId: _id, settings, revision, ...(enabledAt ? { enabledAt } : {}) };
}
