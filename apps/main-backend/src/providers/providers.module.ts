import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FaultPoint } from '../faults/index.js';
import type { ProviderAdapter } from './provider-adapter.js';
import { ProviderGateway } from './provider-gateway.js';
import { ProviderRegistry } from './provider-registry.js';

/** The providers this installation can talk to. */
@Global()
@Module({})
export class ProvidersModule {
  static forRoot(adapters: readonly ProviderAdapter[]): DynamicModule {
    return {
      module: ProvidersModule,
      providers: [{ provide: ProviderRegistry, useValue: new ProviderRegistry(adapters) }, ProviderGateway, FaultPoint],
      exports: [ProviderGateway, ProviderRegistry, FaultPoint],
    };
  }
}
