export const AMOUNT_TYPES = ['gross', 'net'] as const;
export type AmountType = (typeof AMOUNT_TYPES)[number];

/** What can be said about a product and changed later. A change counts for what is sold after it. */
export interface ProductDetails {
  name: string;
  description?: string;
  /** Minor units. */
  price: number;
  currency: string;
  itemType: string;
  /** Whether the price includes tax; absent: as the organization's tax settings say. */
  amountType?: AmountType;
  /** Percent; absent: as the tax engine finds. */
  taxRate?: number;
  /** The organization's own number of it. */
  sku?: string;
  imageUrl?: string;
  /** Offered to buyers. */
  active: boolean;
  metadata: Record<string, string>;
}

export interface Product extends ProductDetails {
  id: string;
  livemode: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export function detailsOf(product: ProductDetails): ProductDetails {
  return {
    name: product.name,
    description: product.description,
    price: product.price,
    currency: product.currency,
    itemType: product.itemType,
    amountType: product.amountType,
    taxRate: product.taxRate,
    sku: product.sku,
    imageUrl: product.imageUrl,
    active: product.active,
    metadata: product.metadata,
  };
}
