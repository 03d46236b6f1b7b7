import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { DomainError, TenantScope } from '@paygate/kernel';
import { currentContext, ROLE_SCOPES } from '@paygate/nest-kit';
import { parseCookie } from 'cookie';
import { MembershipDirectory } from '../members/index.js';
import { OrganizationDirectory } from '../organizations/index.js';
import { chooseOrganization } from './organization-context.js';
import type { NamedOrganization } from './organization-context.js';
import type { Access, Principal } from '../access/index.js';
import { guardedRequest, requestRow } from '../access/index.js';
import type { GuardedRequest } from '../access/index.js';

/** Second guard: finds out for which organization and mode the caller acts. */
@Injectable()
export class OrganizationContextGuard implements CanActivate {
  constructor(
    private readonly organizations: OrganizationDirectory,
    private readonly memberships: MembershipDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = guardedRequest(context);
    const { user: principal } = request;
    if (!principal) return true;
    const isOrganizational = requestRow(request).for === 'organization';
    request.access =
      isOrganizational || principal.kind === 'api_key' ? await this.forOrganization(principal, request) : personal(principal);
    const current = currentContext();
    if (current) {
      current.actor = `${principal.kind}:${principal.id}`;
      current.actorName = principal.name;
      current.organizationId = request.access.scope?.organizationId;
    }
    return true;
  }

  private async forOrganization(principal: Principal, request: GuardedRequest): Promise<Access> {
    const memberships = principal.kind === 'user' ? await this.memberships.of(principal.id) : [];
    const { organizationId, livemode, membership } = chooseOrganization(principal, namedIn(request), memberships);
    const organization = await this.organizations.find(organizationId);
    if (!organization) throw new DomainError(principal.kind === 'api_key' ? 'api_key_invalid' : 'organization_not_found');
    if (organization.status === 'suspended') throw new DomainError('organization_suspended');
    const scope = TenantScope.of(organizationId, livemode);
    return membership
      ? { principal, scope, role: membership.role, scopes: ROLE_SCOPES[membership.role] }
      : { principal, scope, scopes: principal.kind === 'user' ? [] : principal.scopes };
  }
}

function personal(principal: Principal): Access {
  return { principal, scopes: principal.kind === 'user' ? [] : principal.scopes };
}

function namedIn({ params, headers }: GuardedRequest): NamedOrganization {
  const cookies = headers.cookie === undefined ? {} : parseCookie(headers.cookie);
  const header = headers['x-organization-id'];
  return {
    path: (params as { orgId?: string }).orgId,
    header: Array.isArray(header) ? header.join() : header,
    cookie: cookies['selectedOrganization'],
    mode: cookies['selectedMode'],
  };
}
