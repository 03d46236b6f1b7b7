import type { Address } from '@paygate/messages';

/** What kind of number a tax id is. */
export const TAX_ID_TYPES = ['vat', 'gst', 'national', 'other'] as const;
export type TaxIdType = (typeof TAX_ID_TYPES)[number];

export interface TaxInfo {
  taxId?: string;
  taxIdType?: TaxIdType;
  /** ISO 3166-1 alpha-2. */
  taxCountry?: string;
  /** Where electronic invoices reach the client in the Peppol network; `schemeId` as of ISO 6523. */
  peppolRoutingAddress?: { schemeId: string; value: string };
}

/** What an organization keeps about one of its customers. */
export interface ClientDetails {
  email: string;
  firstName?: string;
  lastName?: string;
  company?: string;
  phone?: string;
  billingAddress?: Address;
  shippingAddress?: Address;
  locale?: string;
  currency?: string;
  /** The client's id in the organization's own systems. */
  externalId?: string;
  notes?: string;
  metadata: Record<string, string>;
  taxInfo?: TaxInfo;
}

export interface Client extends ClientDetails {
  id: string;
  livemode: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** The details of a client without what only the record itself has. */
export function detailsOf({
  id: _id,
  livemode: _livemode,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...details
}: Client): ClientDetails {
  return details;
}
