import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { CreateProvider } from './create-provider.js';
import { ProviderCredentials } from './provider-credentials.js';
import { ProviderSnapshots } from './provider-snapshots.js';
import { PROVIDER_MODEL, providerSchema } from './provider.schema.js';
import { ProvidersRepository } from './providers.repository.js';
import { ReplaceCredentials } from './replace-credentials.js';

@Module({
  imports: [ConfigurationSnapshotsModule, MongooseModule.forFeature([{ name: PROVIDER_MODEL, schema: providerSchema }])],
  providers: [ProvidersRepository, ProviderSnapshots, ProviderCredentials, CreateProvider, ReplaceCredentials],
  exports: [ProvidersRepository, ProviderCredentials, CreateProvider, ReplaceCredentials],
})
export class ProvidersModule {}
