import { Injectable } from '@nestjs/common';
import { providerSnapshot } from '@paygate/messages';
import type { ProviderSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import { ProvidersRepository } from './providers.repository.js';

/** What the other services see of a provider. Its credentials stay encrypted; main-backend opens them to call the provider. */
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
    return this.providers.findByIdForOperators(id);
  }

  async loadAll(): Promise<ProviderSnapshot[]> {
    return this.providers.listForOperators();
  }
}
