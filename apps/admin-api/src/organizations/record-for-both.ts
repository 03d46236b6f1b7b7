import type { TenantScope } from '@paygate/kernel';
import type { Deed } from '../audit-trail/index.js';
import type { Change } from '../changes/index.js';

/** What operators do to an organization stands in the audit log of the platform and in the organization's own. */
export async function recordForBoth(change: Change, scope: TenantScope, deed: Omit<Deed, 'scope'>): Promise<void> {
  await change.record(deed);
  await change.record({ ...deed, scope });
}
