export { ViesModule } from './vies.module.js';
