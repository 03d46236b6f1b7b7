export type { ApiKey } from './api-key.js';
export { ApiKeysModule } from './api-keys.module.js';
export { ApiKeysRepository } from './api-keys.repository.js';
export { CreateApiKey } from './create-api-key.js';
export { DeleteApiKey } from './delete-api-key.js';
export {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  ApiKeyResponse,
  ISSUED_API_KEY_EXAMPLE,
  IssuedApiKeyResponse,
} from './dto/api-key.response.js';
export { CreateApiKeyBody } from './dto/create-api-key.body.js';
export { ListApiKeysQuery } from './dto/list-api-keys.query.js';
export { RotateApiKeyBody } from './dto/rotate-api-key.body.js';
export { UpdateApiKeyBody } from './dto/update-api-key.body.js';
export { GetApiKey } from './get-api-key.js';
export { IssueApiKey } from './issue-api-key.js';
export type { IssuedApiKey, NewApiKey } from './issue-api-key.js';
export { KeyOwner } from './key-owner.js';
export { KeySecrets } from './key-secrets.js';
export { readKey } from './key-text.js';
export type { KeyParts } from './key-text.js';
export { ListApiKeys } from './list-api-keys.js';
export { RevokeApiKey } from './revoke-api-key.js';
export { RotateApiKey } from './rotate-api-key.js';
export { UpdateApiKey } from './update-api-key.js';
