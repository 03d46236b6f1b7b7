import type { SiteResponse } from './dto/site.response.js';
import { settingsOf } from './site.js';
import type { Site } from './site.js';

/** A site as its owner sees it: without secrets. */
export function presentSite(site: Site): SiteResponse {
  return { id: site.id, ...settingsOf(site), createdAt: site.createdAt.toISOString(), updatedAt: site.updatedAt.toISOString() };
}
