export { CreateProvider } from './create-provider.js';
export type { NewProvider } from './create-provider.js';
export { ProviderCredentials } from './provider-credentials.js';
export type { Credentials } from './provider-credentials.js';
export { ProvidersModule } from './providers.module.js';
export { ProvidersRepository } from './providers.repository.js';
export type { Provider } from './providers.repository.js';
export { ReplaceCredentials } from './replace-credentials.js';
