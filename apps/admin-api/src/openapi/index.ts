export { ADMIN_API, AdminRoute } from './admin-route.js';
export type { AdminRouteDescription } from './admin-route.js';
