import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import { providerType } from '@paygate/payments-domain';
import type { Credentials } from '@paygate/payments-domain';
import { Changes, refuseDuplicate } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { acceptedCredentials } from './accepted-credentials.js';
import { auditedProvider, auditedResource } from './audited-provider.js';
import type { Provider } from './provider.js';
import { ProviderCredentials } from './provider-credentials.js';
import { ProvidersRepository } from './providers.repository.js';

export interface ProviderUpdate {
  label?: string;
  description?: string | null;
  /** As they came; those that are absent stay. */
  credentials?: Readonly<Record<string, unknown>>;
}

@Injectable()
export class UpdateProvider {
  constructor(
    private readonly changes: Changes,
    private readonly providers: ProvidersRepository,
    private readonly credentials: ProviderCredentials,
  ) {}

  /** @throws DomainError `provider_not_found`, `validation_failed`, `already_exists` */
  async execute(scope: TenantScope, id: string, { label, description, credentials: given }: ProviderUpdate): Promise<Provider> {
    const providerId = pathId(id, 'provider_not_found');
    return this.changes.run(async (change) => {
      // Read in the transaction: credentials that are kept are those of this moment.
      const provider = await this.providers.find(scope, providerId, change.session);
      if (!provider) throw new DomainError('provider_not_found');
      const known = this.credentials.openIfReadable(providerId, provider.credentials);
      const credentials = given === undefined ? undefined : merged(provider, given, known);
      const sealed = credentials && this.credentials.seal(providerId, credentials);
      const updated = await refuseDuplicate('label', () =>
        this.providers.change(scope, providerId, { label, description, credentials: sealed }, change.session),
      );
      if (!updated) throw new DomainError('provider_not_found');
      const states = { before: auditedProvider(provider, known), after: auditedProvider(updated, credentials ?? known) };
      await change.record({ action: 'provider.updated', scope, resource: auditedResource(updated), ...states });
      change.announce(providerSnapshot, providerId);
      return updated;
    });
  }
}

function merged({ type, livemode }: Provider, given: Readonly<Record<string, unknown>>, known: Credentials): Credentials {
  const catalogued = providerType(type);
  // Every provider was made with a type of the catalogue, which only grows.
  if (!catalogued) throw new TypeError(`the provider type ${type} is not in the catalogue`);
  return acceptedCredentials(catalogued, livemode, given, known);
}
