import { Money } from '@paygate/kernel';

/** Item types the tax engine knows. Others are kept as they came. */
export const KNOWN_ITEM_TYPES = ['goods', 'digital_service', 'shipping', 'discount', 'tax'] as const;

const LEGACY_ITEM_TYPES: ReadonlyMap<string, string> = new Map([
  ['physical', 'goods'],
  ['virtual', 'digital_service'],
]);

/** `physical` and `virtual` are the names older shop plugins send. */
export function canonicalItemType(itemType: string): string {
  return LEGACY_ITEM_TYPES.get(itemType) ?? itemType;
}

/** Σ quantity × unit price, in minor units. Discounts carry negative unit prices. */
export function sumOfItems(items: readonly { quantity: number; unitPrice: number }[], currency: string): Money {
  return items.reduce((sum, item) => sum.plus(Money.ofMinor(item.unitPrice, currency).times(item.quantity)), Money.zero(currency));
}
