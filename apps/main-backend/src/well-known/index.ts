export { WellKnownModule } from './well-known.module.js';
