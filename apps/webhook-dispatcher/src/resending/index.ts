export { ResendingModule } from './resending.module.js';
