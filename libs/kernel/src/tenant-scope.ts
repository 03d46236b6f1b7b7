import { isObjectId } from './ids.js';

/**
 * Whose data a request may touch: one organization, and either its live or its test data.
 * Every repository method takes one, so a query without a tenant does not compile.
 */
export class TenantScope {
  private constructor(
    readonly organizationId: string,
    readonly livemode: boolean,
  ) {}

  static of(organizationId: string, livemode: boolean): TenantScope {
    if (!isObjectId(organizationId)) throw new TypeError('organizationId must be a 24-hex id');
    return new TenantScope(organizationId, livemode);
  }
}
