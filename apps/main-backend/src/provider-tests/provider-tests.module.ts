import { Module } from '@nestjs/common';
import { ConfigurationModule } from '../configuration/index.js';
import { ProviderTestsMessages } from './provider-tests.messages.js';
import { TestProvider } from './test-provider.js';

@Module({ imports: [ConfigurationModule], controllers: [ProviderTestsMessages], providers: [TestProvider] })
export class ProviderTestsModule {}
