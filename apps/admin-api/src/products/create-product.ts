import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes, refuseDuplicate } from '../changes/index.js';
import type { CreateProductBody } from './dto/create-product.body.js';
import type { ProductResponse } from './dto/product.response.js';
import { presentProduct } from './present-product.js';
import { detailsOf } from './product.js';
import type { ProductDetails } from './product.js';
import { ProductsRepository } from './products.repository.js';

@Injectable()
export class CreateProduct {
  constructor(
    private readonly changes: Changes,
    private readonly products: ProductsRepository,
  ) {}

  /** @throws DomainError `already_exists` for a sku that is in use */
  async execute(scope: TenantScope, body: CreateProductBody, claim?: IdempotencyClaim): Promise<ProductResponse> {
    const details = newDetails(body);
    return this.changes.once(scope, 'product.create', claim, async (change) => {
      const product = await refuseDuplicate('sku', () => this.products.insert(scope, newObjectId(), details, change.session));
      const resource = { type: 'product', id: product.id, name: product.name };
      await change.record({ action: 'product.created', scope, resource, after: details });
      return presentProduct(product);
    });
  }
}

function newDetails({ itemType = 'goods', active = true, metadata = {}, ...rest }: CreateProductBody): ProductDetails {
  return detailsOf({ ...rest, itemType, active, metadata });
}
