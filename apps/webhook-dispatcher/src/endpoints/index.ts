export { EndpointDirectory } from './endpoint-directory.store.js';
export { EndpointSecrets } from './endpoint-secrets.js';
export { ENDPOINT_MODEL } from './endpoint.schema.js';
export type { EndpointRow } from './endpoint.schema.js';
export { EndpointsModule } from './endpoints.module.js';
export { EndpointsRepository } from './endpoints.repository.js';
export { siteEndpointId } from './site-endpoint.js';
export type { SiteReceiver } from './site-endpoint.js';
