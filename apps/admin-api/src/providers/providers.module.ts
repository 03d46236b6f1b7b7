import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { CreateProvider } from './create-provider.js';
import { DeleteProvider } from './delete-provider.js';
import { GetProvider } from './get-provider.js';
import { ListProviders } from './list-providers.js';
import { PresentProvider } from './present-provider.js';
import { ProviderCredentials } from './provider-credentials.js';
import { ProviderReferences } from './provider-references.js';
import { ProviderSnapshots } from './provider-snapshots.js';
import { PROVIDER_MODEL, providerSchema } from './provider.schema.js';
import { ProvidersController } from './providers.controller.js';
import { ProvidersRepository } from './providers.repository.js';
import { ReadProviderHealth } from './read-provider-health.js';
import { TestProvider } from './test-provider.js';
import { ToggleProvider } from './toggle-provider.js';
import { UpdateProvider } from './update-provider.js';

@Module({
  imports: [ChangesModule, ConfigurationSnapshotsModule, MongooseModule.forFeature([{ name: PROVIDER_MODEL, schema: providerSchema }])],
  controllers: [ProvidersController],
  providers: [
    ProvidersRepository,
    ProviderSnapshots,
    ProviderCredentials,
    ProviderReferences,
    PresentProvider,
    CreateProvider,
    ListProviders,
    GetProvider,
    UpdateProvider,
    DeleteProvider,
    ToggleProvider,
    TestProvider,
    ReadProviderHealth,
  ],
  exports: [ProvidersRepository, ProviderCredentials, ProviderReferences, CreateProvider, UpdateProvider],
})
export class ProvidersModule {}
