import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { endOfPrefix, nameKey } from './name-key.js';
import { detailsOf } from './product.js';
import type { Product, ProductDetails } from './product.js';
import { PRODUCT_MODEL } from './product.schema.js';
import type { ProductRow } from './product.schema.js';

export interface ProductFilter {
  active?: boolean;
  currency?: string;
  sku?: string;
  /** The beginning of the name. */
  namePrefix?: string;
}

/** Products that were deleted are not found here. */
@Injectable()
export class ProductsRepository {
  constructor(@InjectModel(PRODUCT_MODEL) private readonly rows: Model<ProductRow>) {}

  /** @throws the driver's duplicate key error when the tenant has a product with this sku */
  async insert(scope: TenantScope, id: string, details: ProductDetails, session: ClientSession): Promise<Product> {
    const row = { ...details, _id: id, nameKey: nameKey(details.name), deleted: false, ...tenantFilter(scope) };
    const [created] = await this.rows.create([row], { session });
    return toProduct(created?.toObject() as ProductRow);
  }

  async find(scope: TenantScope, id: string, session?: ClientSession): Promise<Product | undefined> {
    const row = await this.rows.findOne({ _id: id, deleted: false, ...tenantFilter(scope) }, null, { session }).lean<ProductRow | null>();
    return row ? toProduct(row) : undefined;
  }

  async page(scope: TenantScope, { active, currency, sku, namePrefix }: ProductFilter, selection: PageSelection): Promise<Page<Product>> {
    const key = namePrefix === undefined ? undefined : nameKey(namePrefix);
    const filter = {
      deleted: false,
      ...(active === undefined ? {} : { active }),
      ...(currency === undefined ? {} : { currency }),
      ...(sku === undefined ? {} : { sku }),
      ...(key === undefined ? {} : { nameKey: { $gte: key, $lt: endOfPrefix(key) } }),
    };
    const page = await findPage(this.rows, scope, filter, selection);
    return { ...page, items: page.items.map(toProduct) };
  }

  /**
   * Replaces what is said about a product; what `details` lacks is removed.
   * @throws the driver's duplicate key error when another product of the tenant has this sku
   */
  async replaceDetails(scope: TenantScope, id: string, details: ProductDetails, session: ClientSession): Promise<Product | undefined> {
    const entries = Object.entries({ ...details, nameKey: nameKey(details.name) }) as [string, unknown][];
    const kept = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    const removed = Object.fromEntries(entries.filter(([, value]) => value === undefined).map(([name]) => [name, 1]));
    const row = await this.rows
      .findOneAndUpdate(
        { _id: id, deleted: false, ...tenantFilter(scope) },
        { $set: kept, ...(Object.keys(removed).length === 0 ? {} : { $unset: removed }) },
        { session, returnDocument: 'after' },
      )
      .lean<ProductRow | null>();
    return row ? toProduct(row) : undefined;
  }

  async markDeleted(scope: TenantScope, id: string, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id, ...tenantFilter(scope) }, { $set: { deleted: true, active: false } }, { session });
  }
}

function toProduct(row: ProductRow): Product {
  return { ...detailsOf(row), id: row._id, livemode: row.livemode, createdAt: row.createdAt, updatedAt: row.updatedAt };
}
