import { Injectable } from '@nestjs/common';
import { providerSnapshot } from '@paygate/messages';
import type { ProviderSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import type { Provider } from './provider.js';
import { ProvidersRepository } from './providers.repository.js';

/**
 * What the other services see of a provider. Its credentials stay encrypted; main-backend opens them to call the provider.
 * A deleted one is still told of, disabled: main-backend needs it to decide payments in flight.
 */
@Injectable()
export class ProviderSnapshots implements SnapshotSource<ProviderSnapshot> {
  readonly contract = providerSnapshot;

  constructor(
    private readonly providers: ProvidersRepository,
    publisher: ConfigurationPublisher,
  ) {
    publisher.register(this);
  }

  async load(id: string): Promise<ProviderSnapshot | undefined> {
    const provider = await this.providers.findByIdForOperators(id);
    return provider && toSnapshot(provider);
  }

  async loadAll(): Promise<ProviderSnapshot[]> {
    return (await this.providers.listForOperators()).map(toSnapshot);
  }
}

function toSnapshot(provider: Provider): ProviderSnapshot {
  const { id, organizationId, type, label, description, livemode, credentials, deletedAt } = provider;
  return { id, organizationId, type, label, description, livemode, enabled: provider.enabled && deletedAt === undefined, credentials };
}
