import type { OrganizationEntryResponse, OrganizationResponse } from './dto/organization.response.js';
import type { OwnOrganization } from './list-organizations.js';
import type { Organization } from './organizations.repository.js';

export function presentOrganization(organization: Organization): OrganizationResponse {
  return {
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    status: organization.status,
    supportEmail: organization.supportEmail,
    website: organization.website,
    country: organization.country,
    timezone: organization.timezone,
    defaultLocale: organization.defaultLocale,
    logoUrl: organization.logoUrl,
    createdAt: organization.createdAt.toISOString(),
    updatedAt: organization.updatedAt.toISOString(),
  };
}

export function presentOwnOrganization({ organization: { id, name, slug, status }, role }: OwnOrganization): OrganizationEntryResponse {
  return { id, name, slug, status, role };
}
