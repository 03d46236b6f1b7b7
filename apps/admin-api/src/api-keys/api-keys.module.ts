import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { API_KEY_MODEL, apiKeySchema } from './api-key.schema.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { IssueApiKey } from './issue-api-key.js';
import { KeySecrets } from './key-secrets.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: API_KEY_MODEL, schema: apiKeySchema }])],
  providers: [ApiKeysRepository, KeySecrets, IssueApiKey],
  exports: [ApiKeysRepository, KeySecrets, IssueApiKey],
})
export class ApiKeysModule {}
