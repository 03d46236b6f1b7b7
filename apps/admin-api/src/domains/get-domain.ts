import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { pathId } from '../validation-rules/index.js';
import { DomainsRepository } from './domains.repository.js';
import type { Domain } from './domains.repository.js';

@Injectable()
export class GetDomain {
  constructor(private readonly domains: DomainsRepository) {}

  /** @throws DomainError `domain_not_found`, the same whether the id is malformed, unknown or another tenant's */
  async execute(scope: TenantScope, id: string): Promise<Domain> {
    const domain = await this.domains.find(scope, pathId(id, 'domain_not_found'));
    if (!domain) throw new DomainError('domain_not_found');
    return domain;
  }
}
