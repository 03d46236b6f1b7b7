import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { domainSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { CnameCheck } from './cname-check.js';
import type { CnameReport } from './cname-check.js';
import { DomainsRepository } from './domains.repository.js';
import type { Domain } from './domains.repository.js';
import type { CnameCheckResponse } from './dto/domain.response.js';
import type { VerifyCnameQuery } from './dto/verify-cname.query.js';

/** Looks a registered domain up in DNS and remembers the result. */
@Injectable()
export class VerifyCname {
  constructor(
    private readonly changes: Changes,
    private readonly domains: DomainsRepository,
    private readonly check: CnameCheck,
  ) {}

  /** @throws DomainError `validation_failed` unless one of `domain` and `id` is given, `domain_not_found` */
  async execute(scope: TenantScope, query: VerifyCnameQuery): Promise<CnameCheckResponse> {
    const domain = await this.find(scope, query);
    if (!domain) throw new DomainError('domain_not_found');
    // Before the transaction: DNS may take seconds.
    const report = await this.check.of(domain.domain);
    await this.changes.run((change) => this.remember(scope, domain, report, change));
    return { domain: domain.domain, ...report };
  }

  private async find(scope: TenantScope, { domain, id }: VerifyCnameQuery): Promise<Domain | undefined> {
    if (id !== undefined && domain === undefined) return this.domains.find(scope, id.toLowerCase());
    if (domain !== undefined && id === undefined) return this.domains.findByName(scope, domain);
    const expected = 'a registered domain, or absent when id is given';
    throw DomainError.invalid({ field: 'domain', code: 'one_of', message: `domain must be ${expected}.`, expected });
  }

  /**
   * A domain is verified once and for all: records that are broken later stop buyers by themselves, and an answer of DNS
   * that was wrong for a moment must not stop certificates.
   */
  private async remember(scope: TenantScope, { id, domain }: Domain, { verified, problem }: CnameReport, change: Change): Promise<void> {
    await this.domains.recordCheck(scope, id, { at: change.now, problem }, change.session);
    if (!verified || !(await this.domains.markVerified(scope, id, change.now, change.session))) return;
    const states = { before: { status: 'pending' }, after: { status: 'verified' } };
    await change.record({ action: 'domain.verified', scope, resource: { type: 'domain', id, name: domain }, ...states });
    change.announce(domainSnapshot, id);
  }
}
