import type { ProductResponse } from './dto/product.response.js';
import { detailsOf } from './product.js';
import type { Product } from './product.js';

/** A product as its owner sees it. */
export function presentProduct(product: Product): ProductResponse {
  return {
    id: product.id,
    ...detailsOf(product),
    livemode: product.livemode,
    createdAt: product.createdAt.toISOString(),
    updatedAt: product.updatedAt.toISOString(),
  };
}
