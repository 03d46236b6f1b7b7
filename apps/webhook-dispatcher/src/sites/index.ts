export { SiteDirectory } from './site-directory.js';
export { SitesModule } from './sites.module.js';
