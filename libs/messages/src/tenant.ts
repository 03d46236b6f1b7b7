import { TenantScope } from '@paygate/kernel';
import { IsBoolean, IsMongoId } from 'class-validator';

/** Base of every request that touches one organization's data. */
export class TenantRequest {
  @IsMongoId()
  organizationId!: string;

  @IsBoolean()
  livemode!: boolean;
}

export function tenantScopeOf(request: TenantRequest): TenantScope {
  return TenantScope.of(request.organizationId, request.livemode);
}
