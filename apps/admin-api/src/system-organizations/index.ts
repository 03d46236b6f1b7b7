export { ResumeOrganization } from './resume-organization.js';
export { SuspendOrganization } from './suspend-organization.js';
export { SystemOrganizationsModule } from './system-organizations.module.js';
