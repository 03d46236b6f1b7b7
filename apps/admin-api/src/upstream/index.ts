export { tenantRequest } from './tenant-request.js';
