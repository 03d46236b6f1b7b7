import type { Client, TaxInfo } from './client.js';
import type { ClientChangeResponse } from './dto/client-history.response.js';
import type { ClientResponse } from './dto/client.response.js';
import type { TaxInfoBody } from './dto/tax-info.body.js';
import type { ClientChange } from './history/client-changes.repository.js';

/** Field by field: what is added to the record becomes part of the public API only on purpose. */
export function presentClient(client: Client): ClientResponse {
  return {
    id: client.id,
    livemode: client.livemode,
    email: client.email,
    firstName: client.firstName,
    lastName: client.lastName,
    company: client.company,
    phone: client.phone,
    billingAddress: client.billingAddress,
    shippingAddress: client.shippingAddress,
    locale: client.locale,
    currency: client.currency,
    externalId: client.externalId,
    notes: client.notes,
    metadata: client.metadata,
    taxInfo: client.taxInfo && presentTaxInfo(client.taxInfo),
    createdAt: client.createdAt.toISOString(),
    updatedAt: client.updatedAt.toISOString(),
  };
}

export function presentClientChange({ id, action, at, actor, actorName, requestId, changes }: ClientChange): ClientChangeResponse {
  return { id, action, at: at.toISOString(), actor, actorName, requestId, changes };
}

function presentTaxInfo({ taxId, taxIdType, taxCountry, peppolRoutingAddress: peppol }: TaxInfo): TaxInfoBody {
  return {
    taxId: taxId === undefined ? undefined : { plaintext: taxId },
    taxIdType,
    taxCountry,
    peppolRoutingAddress: peppol && { schemeId: peppol.schemeId, value: { plaintext: peppol.value } },
  };
}
