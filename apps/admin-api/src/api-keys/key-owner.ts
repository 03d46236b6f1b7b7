import type { TenantScope } from '@paygate/kernel';
import type { Environment } from './api-key.schema.js';

/**
 * Whose keys a caller works with: those of one organization, or those of the platform itself. Who works with live data has
 * all of them; who works with test data has the test keys alone.
 */
export class KeyOwner {
  private constructor(
    /** Absent: the platform. */
    readonly scope: TenantScope | undefined,
    readonly livemode: boolean,
  ) {}

  static organization(scope: TenantScope): KeyOwner {
    return new KeyOwner(scope, scope.livemode);
  }

  /** @param livemode false for test system keys, which must not get at live ones */
  static platform(livemode: boolean): KeyOwner {
    return new KeyOwner(undefined, livemode);
  }

  /** What such a key is called in the audit log. */
  get resource(): 'api_key' | 'system_key' {
    return this.scope ? 'api_key' : 'system_key';
  }

  has(environment: Environment): boolean {
    return this.livemode || environment === 'test';
  }
}
