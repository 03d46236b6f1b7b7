export { ProviderTestsModule } from './provider-tests.module.js';
