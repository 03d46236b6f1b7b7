import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { domainSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { DomainsRepository } from './domains.repository.js';
import type { Domain } from './domains.repository.js';

/** Stores or removes the file by which Apple Pay knows a domain; main-backend serves it there. */
@Injectable()
export class SetApplePayAssociation {
  constructor(
    private readonly changes: Changes,
    private readonly domains: DomainsRepository,
  ) {}

  /** @param content absent: there shall be none. @throws DomainError `domain_not_found` */
  async execute(scope: TenantScope, id: string, content: string | undefined): Promise<Domain> {
    return this.changes.run(async (change) => {
      const domain = await this.domains.find(scope, pathId(id, 'domain_not_found'), change.session);
      if (!domain) throw new DomainError('domain_not_found');
      if (domain.applePayAssociation === content) return domain;
      await this.domains.setApplePayAssociation(scope, domain.id, content, change.session);
      await change.record({
        action: content === undefined ? 'domain.apple_pay_association_removed' : 'domain.apple_pay_association_stored',
        scope,
        resource: { type: 'domain', id: domain.id, name: domain.domain },
        before: describe(domain.applePayAssociation),
        after: describe(content),
      });
      change.announce(domainSnapshot, domain.id);
      return { ...domain, applePayAssociation: content };
    });
  }
}

/** The log says which file it was, not what stands in it. */
function describe(content: string | undefined): object | undefined {
  return content === undefined ? undefined : { applePayAssociation: `sha256:${createHash('sha256').update(content).digest('hex')}` };
}
