import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { auditedProvider, auditedResource } from './audited-provider.js';
import type { ProviderResponse } from './dto/provider.response.js';
import { PresentProvider } from './present-provider.js';
import { ProvidersRepository } from './providers.repository.js';

@Injectable()
export class ToggleProvider {
  constructor(
    private readonly changes: Changes,
    private readonly providers: ProvidersRepository,
    private readonly presenter: PresentProvider,
  ) {}

  /**
   * @param enabled absent: the other way round
   * @throws DomainError `provider_not_found`
   */
  async execute(scope: TenantScope, id: string, enabled?: boolean, claim?: IdempotencyClaim): Promise<ProviderResponse> {
    const providerId = pathId(id, 'provider_not_found');
    return this.changes.once(scope, 'provider.toggle', claim, async (change) => {
      const provider = await this.providers.find(scope, providerId, change.session);
      if (!provider) throw new DomainError('provider_not_found');
      const updated = await this.providers.change(scope, providerId, { enabled: enabled ?? !provider.enabled }, change.session);
      if (!updated) throw new DomainError('provider_not_found');
      const states = { before: auditedProvider(provider), after: auditedProvider(updated) };
      await change.record({ action: 'provider.toggled', scope, resource: auditedResource(updated), ...states });
      change.announce(providerSnapshot, providerId);
      return this.presenter.present(updated);
    });
  }
}
