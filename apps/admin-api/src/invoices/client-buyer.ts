import type { Address } from '@paygate/messages';
import { phoneCountry } from '@paygate/tax';
import type { EvidencePiece, TaxBuyer, TaxPlace } from '@paygate/tax';
import type { Client } from '../clients/index.js';

/** The VAT id of a client: of its tax details, unless that is another kind of number, else of its address. */
export function vatIdOf({ taxInfo, billingAddress }: Pick<Client, 'taxInfo' | 'billingAddress'>): string | undefined {
  const { taxId, taxIdType = 'vat' } = taxInfo ?? {};
  return taxIdType === 'vat' && taxId !== undefined ? taxId : billingAddress?.vatId;
}

/** A client as the buyer of an invoice. The country of the billing address counts, else the one of its tax details. */
export function clientBuyer({ billingAddress, company, taxInfo }: Client): TaxBuyer {
  const { country: _country, ...place } = placeOf(billingAddress);
  const country = countryOf(billingAddress) ?? taxInfo?.taxCountry;
  return { ...place, ...defined({ country, company: company ?? billingAddress?.company }) };
}

export function clientShipTo({ shippingAddress }: Client): TaxPlace | undefined {
  return countryOf(shippingAddress) === undefined ? undefined : placeOf(shippingAddress);
}

export function clientEvidence({ billingAddress, shippingAddress, phone = billingAddress?.phone }: Client): EvidencePiece[] {
  const found = [
    ['billing_address', countryOf(billingAddress)],
    ['shipping_address', countryOf(shippingAddress)],
    ['phone_prefix', phoneCountry(phone)],
  ] as const;
  return found.flatMap(([source, country]) => (country === undefined ? [] : [{ source, country }]));
}

function placeOf(address: Address | undefined): TaxPlace {
  return defined({ country: countryOf(address), region: address?.state, postcode: address?.postcode });
}

function countryOf(address: Address | undefined): string | undefined {
  return address?.country?.toUpperCase();
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
