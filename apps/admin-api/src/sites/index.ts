export { CreateSite } from './create-site.js';
export type { NewSite } from './create-site.js';
export { SigningSecrets } from './signing-secrets.js';
export type { Site } from './site.js';
export { SiteDirectory } from './site-directory.js';
export { SitesModule } from './sites.module.js';
export { SitesRepository } from './sites.repository.js';
