export { SystemApiKeysModule } from './system-api-keys.module.js';
