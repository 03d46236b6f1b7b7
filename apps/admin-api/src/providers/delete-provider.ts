import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { auditedProvider, auditedResource } from './audited-provider.js';
import type { ProviderReference } from './provider-references.js';
import { ProviderReferences } from './provider-references.js';
import { ProvidersRepository } from './providers.repository.js';

@Injectable()
export class DeleteProvider {
  constructor(
    private readonly changes: Changes,
    private readonly providers: ProvidersRepository,
    private readonly references: ProviderReferences,
  ) {}

  /** @throws DomainError `provider_not_found`; `in_use` with details naming the sites that offer it */
  async execute(scope: TenantScope, id: string): Promise<void> {
    const providerId = pathId(id, 'provider_not_found');
    await this.changes.run(async (change) => {
      const provider = await this.providers.find(scope, providerId, change.session);
      if (!provider) throw new DomainError('provider_not_found');
      const users = await this.references.to(scope, providerId, change.session);
      if (users.length > 0) throw inUse(users);
      await this.providers.markDeleted(scope, providerId, change.now, change.session);
      await change.record({ action: 'provider.deleted', scope, resource: auditedResource(provider), before: auditedProvider(provider) });
      change.announce(providerSnapshot, providerId);
    });
  }
}

const NAMED = 5;

function inUse(users: readonly ProviderReference[]): DomainError {
  const names = users.slice(0, NAMED).map(({ type, name }) => `${type} ${name}`);
  const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : '';
  return new DomainError('in_use', `It is still offered: ${names.join(', ')}${more}. Take it from their providerIds first.`, {
    usedBy: users,
  });
}
