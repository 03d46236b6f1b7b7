export { SandboxProviderModule } from './sandbox-provider.module.js';
export { SandboxConfig } from './sandbox.config.js';
