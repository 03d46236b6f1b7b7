import { Injectable } from '@nestjs/common';
import { maskCredentials, providerType } from '@paygate/payments-domain';
import type { ProviderResponse } from './dto/provider.response.js';
import type { Provider } from './provider.js';
import { ProviderCredentials } from './provider-credentials.js';

/** A provider as its owner sees it: of secrets no more than their end. */
@Injectable()
export class PresentProvider {
  constructor(private readonly credentials: ProviderCredentials) {}

  readonly present = (provider: Provider): ProviderResponse => {
    const { id, type, label, description, livemode, enabled, createdAt, updatedAt } = provider;
    const known = providerType(type);
    const credentials = known ? maskCredentials(known, this.credentials.openIfReadable(id, provider.credentials)) : {};
    return {
      id,
      type,
      label,
      description,
      livemode,
      enabled,
      credentials,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  };
}
