export type { Client } from './client.js';
export { ClientsModule } from './clients.module.js';
export { ClientsRepository } from './clients.repository.js';
