export type { AccessRow, RouteKey } from './access-row.js';
export { ACCESS_TABLE, accessRowOf } from './access-table.js';
export { describeAccess, SECURITY_SCHEMES } from './describe-access.js';
export type { Access, ApiKeyPrincipal, Principal, SystemKeyPrincipal, UserPrincipal } from './principal.js';
export { requirePermission } from './permission.js';
export { CurrentAccess, CurrentPrincipal, CurrentScope, CurrentUser, guardedRequest, requestRow } from './request-access.js';
export type { GuardedRequest } from './request-access.js';
