export { ScopesModule } from './scopes.module.js';
