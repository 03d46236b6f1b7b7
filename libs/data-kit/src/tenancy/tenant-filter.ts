import type { TenantScope } from '@paygate/kernel';

/** The part of every query that keeps organizations, and live and test data, apart. */
export interface TenantFields {
  organizationId: string;
  livemode: boolean;
}

/** Start every query, and every new document of a tenant, with this. */
export function tenantFilter(scope: TenantScope): TenantFields {
  return { organizationId: scope.organizationId, livemode: scope.livemode };
}
