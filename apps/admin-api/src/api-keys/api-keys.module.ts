import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { API_KEY_MODEL, apiKeySchema } from './api-key.schema.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { CreateApiKey } from './create-api-key.js';
import { DeleteApiKey } from './delete-api-key.js';
import { GetApiKey } from './get-api-key.js';
import { Grantors } from './grantor.js';
import { IssueApiKey } from './issue-api-key.js';
import { KeySecrets } from './key-secrets.js';
import { ListApiKeys } from './list-api-keys.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RotateApiKey } from './rotate-api-key.js';
import { UpdateApiKey } from './update-api-key.js';

const USE_CASES = [ListApiKeys, GetApiKey, CreateApiKey, UpdateApiKey, DeleteApiKey, RevokeApiKey, RotateApiKey];

@Module({
  imports: [MongooseModule.forFeature([{ name: API_KEY_MODEL, schema: apiKeySchema }]), ChangesModule],
  controllers: [ApiKeysController],
  providers: [ApiKeysRepository, KeySecrets, IssueApiKey, Grantors, ...USE_CASES],
  exports: [ApiKeysRepository, KeySecrets, IssueApiKey, ...USE_CASES],
})
export class ApiKeysModule {}
