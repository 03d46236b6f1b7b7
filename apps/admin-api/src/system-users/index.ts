export { SystemUsersModule } from './system-users.module.js';
