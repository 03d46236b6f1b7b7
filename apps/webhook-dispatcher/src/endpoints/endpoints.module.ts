import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TargetGuard } from '@paygate/nest-kit';
import { DeliveriesModule } from '../deliveries/index.js';
import { EndpointDeliveriesRepository } from './endpoint-deliveries.repository.js';
import { EndpointDirectory } from './endpoint-directory.store.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { ENDPOINT_MODEL, endpointSchema } from './endpoint.schema.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { ManageEndpoints } from './manage-endpoints.js';

const model = MongooseModule.forFeature([{ name: ENDPOINT_MODEL, schema: endpointSchema }]);

/** Where notifications go, and how the receivers there are. */
@Module({})
export class EndpointsModule {
  /** @param guard decides which addresses may be registered */
  static forRoot(guard: TargetGuard): DynamicModule {
    return {
      module: EndpointsModule,
      imports: [model, DeliveriesModule],
      controllers: [EndpointsController],
      providers: [
        { provide: TargetGuard, useValue: guard },
        EndpointsRepository,
        EndpointDeliveriesRepository,
        EndpointSecrets,
        EndpointDirectory,
        ManageEndpoints,
      ],
      exports: [model, TargetGuard, EndpointsRepository, EndpointDeliveriesRepository, EndpointSecrets, EndpointDirectory],
    };
  }
}
