import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { TAX_RULE_MODEL } from './tax-rule.schema.js';
import type { TaxRuleRow } from './tax-rule.schema.js';
import { ruleDetailsOf } from './tax-rule.js';
import type { RuleDetails, StoredTaxRule } from './tax-rule.js';

export interface RuleFilter {
  sellerCountry?: string;
  buyerCountry?: string;
  buyerType?: string;
  treatment?: string;
  active?: boolean;
}

/** Rules hold for an organization's live and test sales alike. */
@Injectable()
export class TaxRulesRepository {
  constructor(@InjectModel(TAX_RULE_MODEL) private readonly rows: Model<TaxRuleRow>) {}

  /** The highest priority first. */
  async all({ organizationId }: TenantScope, session?: ClientSession): Promise<StoredTaxRule[]> {
    const rows = await this.rows.find({ organizationId }, null, { session }).sort({ priority: -1, _id: 1 }).lean<TaxRuleRow[]>();
    return rows.map(fromRow);
  }

  async page(scope: TenantScope, filter: RuleFilter, selection: PageSelection): Promise<Page<StoredTaxRule>> {
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const page = await findOrganizationPage(this.rows, scope, given, selection);
    return { ...page, items: page.items.map(fromRow) };
  }

  async insert(
    { organizationId }: TenantScope,
    rules: readonly (RuleDetails & { defaultKey?: string })[],
    session: ClientSession,
  ): Promise<StoredTaxRule[]> {
    const rows = rules.map(({ defaultKey, ...rule }) => ({
      ...ruleDetailsOf(rule),
      ...(defaultKey === undefined ? {} : { defaultKey }),
      _id: newObjectId(),
      organizationId,
    }));
    const created = await this.rows.insertMany(rows, { session });
    return created.map((row) => fromRow(row.toObject()));
  }

  /** Replaces all that is said about a rule. */
  async replace(
    { organizationId }: TenantScope,
    { id, defaultKey, createdAt }: StoredTaxRule,
    details: RuleDetails,
    session: ClientSession,
  ): Promise<StoredTaxRule> {
    const origin = defaultKey === undefined ? {} : { defaultKey };
    const row = await this.rows
      .findOneAndReplace(
        { _id: id, organizationId },
        { ...details, ...origin, organizationId, createdAt },
        { session, returnDocument: 'after' },
      )
      .lean<TaxRuleRow | null>();
    if (!row) throw new Error('the rule was there a moment ago in the same transaction');
    return fromRow(row);
  }

  async remove({ organizationId }: TenantScope, id: string, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ _id: id, organizationId }, { session });
  }

  /** Returns how many there were. */
  async removeAll({ organizationId }: TenantScope, session: ClientSession): Promise<number> {
    return (await this.rows.deleteMany({ organizationId }, { session })).deletedCount;
  }
}

function fromRow(row: TaxRuleRow): StoredTaxRule {
  const { _id: id, defaultKey, createdAt, updatedAt } = row;
  return { id, ...ruleDetailsOf(row), ...(defaultKey === undefined ? {} : { defaultKey }), createdAt, updatedAt };
}
