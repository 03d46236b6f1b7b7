import { Injectable } from '@nestjs/common';
import { DomainError, ERRORS } from '@paygate/kernel';
import type { FieldProblem, TenantScope } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';
import { ProviderReferences, ProvidersRepository } from '../providers/index.js';
import { SitesRepository } from './sites.repository.js';

/** Which providers sites offer: only those of their organization, and none that is deleted meanwhile. */
@Injectable()
export class OfferedProviders {
  constructor(
    private readonly providers: ProvidersRepository,
    sites: SitesRepository,
    references: ProviderReferences,
  ) {
    references.register(async (scope, providerId, session) =>
      (await sites.offering(scope, providerId, session)).map(({ id, name }) => ({ type: 'site', id, name })),
    );
  }

  /**
   * @returns the type of each, by id
   * @throws DomainError `validation_failed` naming the providers the organization does not have, in either mode
   */
  async require(scope: TenantScope, providerIds: readonly string[], session: ClientSession): Promise<ReadonlyMap<string, string>> {
    const known = new Map((await this.providers.hold(scope, providerIds, session)).map(({ id, type }) => [id, type]));
    const [first, ...others] = providerIds.flatMap((id, index) => (known.has(id) ? [] : unknownProvider(index)));
    if (first) throw DomainError.invalid(first, ...others);
    return known;
  }
}

/** @throws DomainError `validation_failed` for a default that is not offered */
export function requireOffered(defaultProviderId: string, providerIds: readonly string[]): void {
  if (providerIds.includes(defaultProviderId)) return;
  const field = 'defaultProviderId';
  const expected = 'one of providerIds';
  throw DomainError.invalid({ field, code: 'not_offered', message: `${field} must be ${expected}.`, expected });
}

function unknownProvider(index: number): FieldProblem {
  const field = `providerIds[${index}]`;
  const message = `${field}: ${ERRORS.provider_not_found.title}`;
  return { field, code: 'provider_not_found', message, expected: 'the id of a payment provider of the organization' };
}
