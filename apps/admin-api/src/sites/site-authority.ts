import { DomainError } from '@paygate/kernel';
import type { Access } from '../access/index.js';

/** Whether a site may be changed by who asks: everybody else may change all sites, a test key those for tests only. */
export type SiteAuthority = 'every_site' | 'test_sites';

/** People may change every site, also while they look at test data. */
export function authorityOver({ principal, scope }: Pick<Access, 'principal' | 'scope'>): SiteAuthority {
  return principal.kind !== 'user' && scope?.livemode === false ? 'test_sites' : 'every_site';
}

/** @throws DomainError `live_mode_required` */
export function requireAuthority(authority: SiteAuthority, { testOnly }: { testOnly: boolean | null | undefined }): void {
  if (authority === 'test_sites' && testOnly !== true) {
    throw new DomainError('live_mode_required', 'Test keys create and change sites with testOnly: true only; use a live key.');
  }
}
