import type { TenantScope } from '@paygate/kernel';

/** What a service is asked for one tenant. The tenant is written last: no field of a caller can replace it. */
export function tenantRequest<A extends object, B extends object>(
  { organizationId, livemode }: TenantScope,
  fields: A,
  more?: B,
): A & B & { organizationId: string; livemode: boolean } {
  return Object.assign({} as A & B, fields, more, { organizationId, livemode });
}
