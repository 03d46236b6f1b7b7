export { SandboxAdapter } from './sandbox-adapter.js';
export type { SandboxAdapterOptions } from './sandbox-adapter.js';
