export { CreateOrganization } from './create-organization.js';
export { OrganizationDirectory } from './organization-directory.js';
export { OrganizationsModule } from './organizations.module.js';
export { OrganizationsRepository } from './organizations.repository.js';
export type { Organization } from './organizations.repository.js';
