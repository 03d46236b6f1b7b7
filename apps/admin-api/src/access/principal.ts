import type { TenantScope } from '@paygate/kernel';
import type { Role } from '@paygate/nest-kit';

/** Who is calling, as authentication found out. */
export type Principal = ApiKeyPrincipal | SystemKeyPrincipal | UserPrincipal;

/** A key bound to one organization and to its live or its test data. */
export interface ApiKeyPrincipal {
  kind: 'api_key';
  id: string;
  name: string;
  organizationId: string;
  livemode: boolean;
  scopes: readonly string[];
}

/** A key of the platform's operators. */
export interface SystemKeyPrincipal {
  kind: 'system_key';
  id: string;
  name: string;
  /** A test system key sees the test data of the organizations it acts for. */
  livemode: boolean;
  scopes: readonly string[];
}

/** A person who signed in. */
export interface UserPrincipal {
  kind: 'user';
  id: string;
  name: string;
  email: string;
  sessionId: string;
  globalAdmin: boolean;
}

/** What a caller may do in this request. */
export interface Access {
  principal: Principal;
  /** The organization and mode the request is about; absent where none is involved. */
  scope?: TenantScope;
  /** A person's role in that organization. */
  role?: Role;
  /** The scopes the caller holds here: those of the key, or those of the person's role. */
  scopes: readonly string[];
}
