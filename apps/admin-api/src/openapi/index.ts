export { ADMIN_API, AdminRoute, MERCHANT_API } from './admin-route.js';
export type { AdminRouteDescription } from './admin-route.js';
