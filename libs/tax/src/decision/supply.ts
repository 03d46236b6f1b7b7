import type { Territory } from '../places/territory.js';
import type { TaxLine } from '../tax-input.js';
import type { SupplyType } from '../treatments.js';

const SUPPLY_TYPE_OF: Readonly<Record<string, SupplyType>> = {
  goods: 'goods',
  physical: 'goods',
  digital_service: 'digital_service',
  virtual: 'digital_service',
  service: 'service',
  shipping: 'shipping',
  discount: 'discount',
  tax: 'tax',
};

/** Undefined for item types nobody knows, which count as goods. */
export function knownSupplyType(itemType: string): SupplyType | undefined {
  return Object.hasOwn(SUPPLY_TYPE_OF, itemType) ? SUPPLY_TYPE_OF[itemType] : undefined;
}

/** One line and where it is supplied. */
export interface Supply {
  readonly line: TaxLine;
  readonly type: SupplyType;
  /** Goods and what is charged for bringing them: they are supplied where they go, all else where the buyer is. */
  readonly isGoods: boolean;
  readonly territory: Territory;
}
