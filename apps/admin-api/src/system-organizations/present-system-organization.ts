import { presentOrganization } from '../organizations/index.js';
import type { Organization } from '../organizations/index.js';
import type { SystemOrganizationResponse } from './dto/system-organization.response.js';

export function presentSystemOrganization(organization: Organization): SystemOrganizationResponse {
  const { suspendedAt, suspensionReason } = organization;
  return Object.assign(presentOrganization(organization), { suspendedAt: suspendedAt?.toISOString(), suspensionReason });
}
