import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ListProductsQuery } from './dto/list-products.query.js';
import type { Product } from './product.js';
import { ProductsRepository } from './products.repository.js';

@Injectable()
export class ListProducts {
  constructor(private readonly products: ProductsRepository) {}

  async execute(scope: TenantScope, query: ListProductsQuery): Promise<Page<Product>> {
    const { active, currency, sku, q } = query;
    return this.products.page(scope, { active, currency, sku, namePrefix: q }, query);
  }
}
