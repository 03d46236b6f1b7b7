import { Injectable } from '@nestjs/common';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { Provider } from './provider.js';
import { ProvidersRepository } from './providers.repository.js';

@Injectable()
export class ListProviders {
  constructor(private readonly providers: ProvidersRepository) {}

  async execute(scope: TenantScope, selection: PageSelection): Promise<Page<Provider>> {
    return this.providers.page(scope, selection);
  }
}
