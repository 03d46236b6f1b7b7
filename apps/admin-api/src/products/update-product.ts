import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes, refuseDuplicate } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import type { UpdateProductBody } from './dto/update-product.body.js';
import { detailsOf } from './product.js';
import type { Product, ProductDetails } from './product.js';
import { ProductsRepository } from './products.repository.js';

@Injectable()
export class UpdateProduct {
  constructor(
    private readonly changes: Changes,
    private readonly products: ProductsRepository,
  ) {}

  /** @throws DomainError `product_not_found`, `already_exists` for a sku that is in use */
  async execute(scope: TenantScope, id: string, wanted: UpdateProductBody): Promise<Product> {
    const productId = pathId(id, 'product_not_found');
    return this.changes.run(async (change) => {
      const product = await this.products.find(scope, productId, change.session);
      if (!product) throw new DomainError('product_not_found');
      const [before, after] = [detailsOf(product), changed(product, wanted)];
      if (isDeepStrictEqual(before, after)) return product;
      const updated = await refuseDuplicate('sku', () => this.products.replaceDetails(scope, productId, after, change.session));
      if (!updated) throw new DomainError('product_not_found');
      const resource = { type: 'product', id: productId, name: after.name };
      await change.record({ action: 'product.updated', scope, resource, before, after });
      return updated;
    });
  }
}

/** Absent stays, null is removed. */
function changed(product: Product, wanted: UpdateProductBody): ProductDetails {
  const entries = Object.entries(wanted).filter(([, value]) => value !== undefined) as [string, unknown][];
  const given = Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
  return detailsOf({ ...product, ...given });
}
