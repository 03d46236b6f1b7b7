import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';

/** Whom a scope is for: keys and members of organizations, system keys, or people about themselves. */
export const SCOPE_AUDIENCES = ['organization', 'platform', 'user'] as const;
export type ScopeAudience = (typeof SCOPE_AUDIENCES)[number];

export class ScopeResponse {
  @ApiProperty({ type: String, example: 'checkout:create' }) scope!: string;
  @ApiProperty({ type: String, example: 'checkout' }) resource!: string;
  @ApiProperty({ type: String, example: 'create' }) action!: string;
  @ApiProperty({ type: String, description: 'What it allows.', example: 'Create checkout URLs' }) grants!: string;
  @ApiProperty({ enum: SCOPE_AUDIENCES, example: 'organization' }) audience!: ScopeAudience;
  @ApiPropertyOptional({
    enum: ROLES,
    description: 'The least role of members who may do this; absent where none is asked for.',
    example: 'editor',
  })
  minimumRole?: Role;
}

export class WildcardResponse {
  @ApiProperty({ type: String, example: 'checkout:*' }) scope!: string;
  @ApiProperty({ type: String, example: 'Everything about checkout' }) grants!: string;
  @ApiProperty({ enum: SCOPE_AUDIENCES, example: 'organization' }) audience!: ScopeAudience;
}

export class ScopeListResponse {
  @ApiProperty({ type: [ScopeResponse] }) scopes!: ScopeResponse[];
  @ApiProperty({ type: [WildcardResponse], description: 'Scopes that stand for several.' }) wildcards!: WildcardResponse[];
}

export const SCOPE_LIST_EXAMPLE = {
  scopes: [
    {
      scope: 'checkout:create',
      resource: 'checkout',
      action: 'create',
      grants: 'Create checkout URLs',
      audience: 'organization',
      minimumRole: 'editor',
    },
  ],
  wildcards: [{ scope: 'checkout:*', grants: 'Everything about checkout', audience: 'organization' }],
} satisfies ScopeListResponse;
