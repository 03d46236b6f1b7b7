export { ApiKeysModule } from './api-keys.module.js';
export { ApiKeysRepository } from './api-keys.repository.js';
export type { ApiKey } from './api-keys.repository.js';
export { IssueApiKey } from './issue-api-key.js';
export type { NewApiKey } from './issue-api-key.js';
export { KeySecrets } from './key-secrets.js';
export { readKey } from './key-text.js';
export type { KeyParts } from './key-text.js';
