import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { ProviderCredentials } from './provider-credentials.js';
import type { Credentials } from './provider-credentials.js';
import { ProvidersRepository } from './providers.repository.js';
import type { Provider } from './providers.repository.js';

export interface NewProvider {
  type: string;
  label: string;
  description?: string;
  credentials: Credentials;
}

@Injectable()
export class CreateProvider {
  constructor(
    private readonly providers: ProvidersRepository,
    private readonly credentials: ProviderCredentials,
    private readonly publisher: ConfigurationPublisher,
  ) {}

  async execute(scope: TenantScope, { credentials, ...wanted }: NewProvider): Promise<Provider> {
    const id = newObjectId();
    const { organizationId, livemode } = scope;
    const sealed = this.credentials.seal(id, credentials);
    const provider: Provider = { id, organizationId, livemode, enabled: true, credentials: sealed, ...wanted };
    await this.providers.insert(scope, provider);
    await this.publisher.publish(providerSnapshot, id);
    return provider;
  }
}
