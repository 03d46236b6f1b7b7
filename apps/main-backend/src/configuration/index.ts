export { Configuration } from './configuration.js';
export { ConfigurationModule } from './configuration.module.js';
