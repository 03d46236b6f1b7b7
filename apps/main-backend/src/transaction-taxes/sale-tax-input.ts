import type { Address, CheckoutItem } from '@paygate/messages';
import { phoneCountry } from '@paygate/tax';
import type { EvidencePiece, TaxBuyer, TaxInput, TaxLine, TaxPlace } from '@paygate/tax';

/** What is sold to whom, as a checkout has it. */
export interface Sale {
  /** Minor units: what is charged, and the sum of the items where there are any. */
  readonly amount: number;
  readonly currency: string;
  readonly items: readonly CheckoutItem[];
  readonly billingAddress?: Address;
  readonly shippingAddress?: Address;
}

/** What is known of the buyer's VAT id. */
export type KnownVatId = Pick<TaxBuyer, 'vatId' | 'vatIdStatus' | 'consultationNumber'>;

/** What is charged without a word about what for counts as goods, as items of unknown types do. */
const WHOLE_AMOUNT = { description: 'Whole amount', quantity: 1, itemType: 'goods' };

/**
 * A sale as the engine wants it. Every price is gross: what is charged is fixed, wherever the buyer is.
 * @param at when the tax arises
 */
export function saleTaxInput({ amount, currency, items, billingAddress, shippingAddress }: Sale, at: Date, vatId: KnownVatId): TaxInput {
  const lines = items.length > 0 ? items.map(lineOf) : [{ ...WHOLE_AMOUNT, id: '1', unitPrice: amount, amountType: 'gross' } as const];
  const evidence = evidenceOf(billingAddress, shippingAddress);
  return {
    currency,
    taxPoint: at.toISOString(),
    buyer: { ...placeOf(billingAddress), ...known('company', billingAddress?.company), ...vatId },
    ...(shippingAddress?.country === undefined ? {} : { shipTo: placeOf(shippingAddress) }),
    lines,
    evidence,
    // Rates between currencies are kept elsewhere; without one the limits for consignments are not judged.
    ...(currency === 'EUR' ? { unitsPerEuro: 1 } : {}),
    ...(currency === 'GBP' ? { unitsPerPound: 1 } : {}),
  };
}

function lineOf({ name, itemType, quantity, unitPrice, vatRate }: CheckoutItem, index: number): TaxLine {
  return { id: String(index + 1), itemType, description: name, quantity, unitPrice, amountType: 'gross', ...known('statedRate', vatRate) };
}

function placeOf(address: Address | undefined): TaxPlace {
  return {
    ...known('country', address?.country?.toUpperCase()),
    ...known('region', address?.state),
    ...known('postcode', address?.postcode),
  };
}

/** The buyer's network address says nothing here: there is no database that would give its country. */
function evidenceOf(billing: Address | undefined, shipping: Address | undefined): EvidencePiece[] {
  const found = [
    ['billing_address', billing?.country?.toUpperCase()],
    ['shipping_address', shipping?.country?.toUpperCase()],
    ['phone_prefix', phoneCountry(billing?.phone ?? shipping?.phone)],
  ] as const;
  return found.flatMap(([source, country]) => (country === undefined ? [] : [{ source, country }]));
}

function known<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
