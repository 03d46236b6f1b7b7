export { CheckoutsModule } from './checkouts.module.js';
