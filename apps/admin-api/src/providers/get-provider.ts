import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { pathId } from '../validation-rules/index.js';
import type { Provider } from './provider.js';
import { ProvidersRepository } from './providers.repository.js';

@Injectable()
export class GetProvider {
  constructor(private readonly providers: ProvidersRepository) {}

  /** @throws DomainError `provider_not_found`, the same whether the id is malformed, unknown, deleted, or another tenant's or mode's */
  async execute(scope: TenantScope, id: string): Promise<Provider> {
    const provider = await this.providers.find(scope, pathId(id, 'provider_not_found'));
    if (!provider) throw new DomainError('provider_not_found');
    return provider;
  }
}
