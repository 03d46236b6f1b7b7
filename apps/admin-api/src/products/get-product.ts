import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { pathId } from '../validation-rules/index.js';
import type { Product } from './product.js';
import { ProductsRepository } from './products.repository.js';

@Injectable()
export class GetProduct {
  constructor(private readonly products: ProductsRepository) {}

  /** @throws DomainError `product_not_found`, the same whether the id is malformed, unknown, deleted or another tenant's */
  async execute(scope: TenantScope, id: string): Promise<Product> {
    const product = await this.products.find(scope, pathId(id, 'product_not_found'));
    if (!product) throw new DomainError('product_not_found');
    return product;
  }
}
