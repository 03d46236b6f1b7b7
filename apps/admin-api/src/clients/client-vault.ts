import { Injectable } from '@nestjs/common';
import { FieldEncryption, tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Client, TaxInfo } from './client.js';
import type { ClientRow, SealedDetails, SealedField } from './client.schema.js';

/** Turns clients into what is stored, and back. Nothing that identifies a person is stored readable. */
@Injectable()
export class ClientVault {
  constructor(private readonly encryption: FieldEncryption) {}

  seal(scope: TenantScope, client: Client): ClientRow {
    const { id, billingAddress, shippingAddress, metadata, taxInfo } = client;
    const { email, firstName, lastName, company, phone, notes } = client;
    const peppol = taxInfo?.peppolRoutingAddress;
    const readable: SealedDetails = {
      ...{ email, firstName, lastName, company, phone, notes },
      billingAddress: billingAddress && JSON.stringify(billingAddress),
      shippingAddress: shippingAddress && JSON.stringify(shippingAddress),
      metadata: JSON.stringify(metadata),
      taxId: taxInfo?.taxId,
      peppolValue: peppol?.value,
    };
    return withoutAbsent({
      _id: id,
      ...tenantFilter(scope),
      sealed: this.sealAll(id, readable),
      country: billingAddress?.country,
      locale: client.locale,
      currency: client.currency,
      externalId: client.externalId,
      taxIdType: taxInfo?.taxIdType,
      taxCountry: taxInfo?.taxCountry,
      peppolSchemeId: peppol?.schemeId,
      createdAt: client.createdAt,
      updatedAt: client.updatedAt,
    });
  }

  /** @throws DecryptionError when the row was altered, or its key is gone */
  open(row: ClientRow): Client {
    const text = (field: SealedField): string | undefined => {
      const ciphertext = row.sealed[field];
      return ciphertext === undefined ? undefined : this.encryption.decrypt(ciphertext, contextOf(row._id, field));
    };
    const json = (field: SealedField): unknown => {
      const plain = text(field);
      return plain === undefined ? undefined : JSON.parse(plain);
    };
    return {
      id: row._id,
      livemode: row.livemode,
      email: this.encryption.decrypt(row.sealed.email, contextOf(row._id, 'email')),
      firstName: text('firstName'),
      lastName: text('lastName'),
      company: text('company'),
      phone: text('phone'),
      billingAddress: json('billingAddress') as Client['billingAddress'],
      shippingAddress: json('shippingAddress') as Client['shippingAddress'],
      locale: row.locale,
      currency: row.currency,
      externalId: row.externalId,
      notes: text('notes'),
      metadata: json('metadata') as Client['metadata'],
      taxInfo: taxInfoOf(row, text('taxId'), text('peppolValue')),
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  }

  private sealAll(id: string, readable: SealedDetails): SealedDetails {
    const present = Object.entries(withoutAbsent(readable)) as [SealedField, string][];
    return Object.fromEntries(
      present.map(([field, text]) => [field, this.encryption.encrypt(text, contextOf(id, field))]),
    ) as SealedDetails;
  }
}

/** A value copied to another client, or into another field of the same one, cannot be read there. */
function contextOf(clientId: string, field: SealedField): string {
  return `client:${clientId}:${field}`;
}

/** A field that is undefined would be stored as null. */
function withoutAbsent<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function taxInfoOf({ taxIdType, taxCountry, peppolSchemeId }: ClientRow, taxId?: string, peppolValue?: string): TaxInfo | undefined {
  const hasAddress = peppolSchemeId !== undefined && peppolValue !== undefined;
  if (taxId === undefined && taxIdType === undefined && taxCountry === undefined && !hasAddress) return undefined;
  return {
    taxId,
    taxIdType,
    taxCountry,
    peppolRoutingAddress: hasAddress ? { schemeId: peppolSchemeId, value: peppolValue } : undefined,
  };
}
