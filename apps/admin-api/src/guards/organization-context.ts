import { DomainError, isObjectId } from '@paygate/kernel';
import type { Membership } from '../members/index.js';
import type { Principal } from '../access/index.js';

/** How a request says which organization and mode it is about. */
export interface NamedOrganization {
  /** `:orgId` of the route. */
  path?: string;
  /** `X-Organization-ID` */
  header?: string;
  /** `selectedOrganization` */
  cookie?: string;
  /** `selectedMode`: `test`, anything else is live. */
  mode?: string;
}

export interface ChosenOrganization {
  organizationId: string;
  livemode: boolean;
  membership?: Membership;
}

/**
 * Which organization a caller acts for. A key of an organization acts for that one. A person chooses by the route, else by
 * the cookie, else has only one; a system key by the route or the header.
 * @throws DomainError `organization_header_not_allowed`, `organization_mismatch`, `organization_required`, `not_a_member`
 */
export function chooseOrganization(principal: Principal, named: NamedOrganization, memberships: readonly Membership[]): ChosenOrganization {
  if (named.header !== undefined && principal.kind !== 'system_key') throw new DomainError('organization_header_not_allowed');
  switch (principal.kind) {
    case 'api_key':
      if (named.path !== undefined && named.path.toLowerCase() !== principal.organizationId) throw new DomainError('organization_mismatch');
      return { organizationId: principal.organizationId, livemode: principal.livemode };
    case 'system_key':
      return { organizationId: readId(named.path ?? named.header), livemode: principal.livemode };
    case 'user': {
      const wanted = named.path ?? named.cookie;
      const membership = wanted === undefined ? onlyOne(memberships) : membershipIn(readId(wanted), memberships);
      return { organizationId: membership.organizationId, livemode: named.mode !== 'test', membership };
    }
  }
}

function readId(text: string | undefined): string {
  if (text === undefined || text === '') throw new DomainError('organization_required');
  const id = text.toLowerCase();
  if (!isObjectId(id)) {
    const expected = 'an id of 24 hexadecimal characters';
    throw new DomainError('organization_required', `The organization must be ${expected}.`, [
      { field: 'organization', code: 'id', message: `organization must be ${expected}.`, expected },
    ]);
  }
  return id;
}

function onlyOne(memberships: readonly Membership[]): Membership {
  const [first, ...others] = memberships;
  if (!first || others.length > 0) throw new DomainError('organization_required');
  return first;
}

/** The same answer whether the organization exists or not. */
function membershipIn(id: string, memberships: readonly Membership[]): Membership {
  const membership = memberships.find(({ organizationId }) => organizationId === id);
  if (!membership) throw new DomainError('not_a_member');
  return membership;
}
