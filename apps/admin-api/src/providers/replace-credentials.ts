import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import { ProviderCredentials } from './provider-credentials.js';
import type { Credentials } from './provider-credentials.js';
import { ProvidersRepository } from './providers.repository.js';

@Injectable()
export class ReplaceCredentials {
  constructor(
    private readonly providers: ProvidersRepository,
    private readonly credentials: ProviderCredentials,
    private readonly publisher: ConfigurationPublisher,
  ) {}

  /** @throws DomainError `provider_not_found` */
  async execute(scope: TenantScope, providerId: string, credentials: Credentials): Promise<void> {
    const known = await this.providers.setCredentials(scope, providerId, this.credentials.seal(providerId, credentials));
    if (!known) throw new DomainError('provider_not_found');
    await this.publisher.publish(providerSnapshot, providerId);
  }
}
