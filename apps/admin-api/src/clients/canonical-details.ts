import { canonicalAddress } from '../postal-address/index.js';
import type { ClientDetails, TaxInfo } from './client.js';
import type { CreateClientBody, UpdateClientBody } from './dto/client-fields.body.js';
import type { TaxInfoBody } from './dto/tax-info.body.js';

/** A new client as it was asked for: what was sent empty is absent. */
export function newDetails(body: CreateClientBody): ClientDetails {
  return { metadata: {}, ...changedDetails(body), email: body.email };
}

/** What a body sets. A field it empties is there as undefined; one it does not mention is missing. */
export function changedDetails(body: UpdateClientBody): Partial<ClientDetails> {
  const mentioned = Object.entries(body).filter(([, value]) => value !== undefined);
  const details: Record<string, unknown> = Object.fromEntries(mentioned.map(([field, value]) => [field, value ?? undefined]));
  if (body.billingAddress) details['billingAddress'] = canonicalAddress(body.billingAddress);
  if (body.shippingAddress) details['shippingAddress'] = canonicalAddress(body.shippingAddress);
  if (body.taxInfo) details['taxInfo'] = canonicalTaxInfo(body.taxInfo);
  return details;
}

/** Undefined when it says nothing. */
function canonicalTaxInfo({ taxId: given, taxIdType, taxCountry, peppolRoutingAddress: peppol }: TaxInfoBody): TaxInfo | undefined {
  const taxId = given?.plaintext ?? undefined;
  const info: TaxInfo = {
    taxId,
    taxIdType: taxIdType ?? (taxId === undefined ? undefined : 'vat'),
    taxCountry: taxCountry?.toUpperCase(),
    peppolRoutingAddress: peppol ? { schemeId: peppol.schemeId, value: peppol.value.plaintext } : undefined,
  };
  return Object.values(info).every((value) => value === undefined) ? undefined : info;
}
