import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { detailsOf } from './product.js';
import { ProductsRepository } from './products.repository.js';

@Injectable()
export class DeleteProduct {
  constructor(
    private readonly changes: Changes,
    private readonly products: ProductsRepository,
  ) {}

  /** @throws DomainError `product_not_found` */
  async execute(scope: TenantScope, id: string): Promise<void> {
    await this.changes.run(async (change) => {
      const product = await this.products.find(scope, pathId(id, 'product_not_found'), change.session);
      if (!product) throw new DomainError('product_not_found');
      await this.products.markDeleted(scope, product.id, change.session);
      const resource = { type: 'product', id: product.id, name: product.name };
      await change.record({ action: 'product.deleted', scope, resource, before: detailsOf(product) });
    });
  }
}
