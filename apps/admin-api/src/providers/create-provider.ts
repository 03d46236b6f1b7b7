import { Injectable } from '@nestjs/common';
import { DomainError, newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import type { IdempotencyClaim } from '@paygate/messages';
import { providerType } from '@paygate/payments-domain';
import type { ProviderType } from '@paygate/payments-domain';
import { Changes, refuseDuplicate } from '../changes/index.js';
import { acceptedCredentials } from './accepted-credentials.js';
import { auditedProvider, auditedResource } from './audited-provider.js';
import type { ProviderResponse } from './dto/provider.response.js';
import { PresentProvider } from './present-provider.js';
import { ProviderCredentials } from './provider-credentials.js';
import { ProvidersRepository } from './providers.repository.js';

export interface NewProvider {
  type: string;
  label: string;
  description?: string;
  /** As they came; judged by the catalogue. */
  credentials: Readonly<Record<string, unknown>>;
}

@Injectable()
export class CreateProvider {
  constructor(
    private readonly changes: Changes,
    private readonly providers: ProvidersRepository,
    private readonly credentials: ProviderCredentials,
    private readonly presenter: PresentProvider,
  ) {}

  /** @throws DomainError `validation_failed`, `already_exists` for a label in use */
  async execute(scope: TenantScope, wanted: NewProvider, claim?: IdempotencyClaim): Promise<ProviderResponse> {
    const type = requireType(wanted.type, scope.livemode);
    const credentials = acceptedCredentials(type, scope.livemode, wanted.credentials);
    const { label, description } = wanted;
    return this.changes.once(scope, 'provider.create', claim, async (change) => {
      const id = newObjectId();
      const sealed = this.credentials.seal(id, credentials);
      const fields = { id, type: type.type, label, description, enabled: true, credentials: sealed };
      const provider = await refuseDuplicate('label', () => this.providers.insert(scope, fields, change.session));
      const after = auditedProvider(provider, credentials);
      await change.record({ action: 'provider.created', scope, resource: auditedResource(provider), after });
      change.announce(providerSnapshot, id);
      return this.presenter.present(provider);
    });
  }
}

function requireType(name: string, livemode: boolean): ProviderType {
  const type = providerType(name);
  if (type && (livemode ? type.supportsLive : type.supportsTest)) return type;
  const expected = type ? 'a type that supports live mode; the sandbox is for tests' : 'a type of the catalogue';
  const code = type ? 'wrong_mode' : 'one_of';
  throw DomainError.invalid({ field: 'type', code, message: `type must be ${expected}.`, expected });
}
