export { CreateProvider } from './create-provider.js';
export type { NewProvider } from './create-provider.js';
export type { Provider } from './provider.js';
export { ProviderCredentials } from './provider-credentials.js';
export { ProviderReferences } from './provider-references.js';
export { ProvidersModule } from './providers.module.js';
export { ProvidersRepository } from './providers.repository.js';
export { UpdateProvider } from './update-provider.js';
