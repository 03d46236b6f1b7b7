import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TargetGuard } from '@paygate/nest-kit';
import { DeliveriesModule } from '../deliveries/index.js';
import { CircuitBoard, HEALTH_SETTINGS } from './circuit-board.js';
import type { HealthSettings } from './circuit-board.js';
import { EndpointDeliveriesRepository } from './endpoint-deliveries.repository.js';
import { EndpointDirectory } from './endpoint-directory.store.js';
import { EndpointHealthStore } from './endpoint-health.store.js';
import { EndpointStatisticsRepository } from './endpoint-statistics.repository.js';
import { EndpointStatistics } from './endpoint-statistics.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { ENDPOINT_MODEL, endpointSchema } from './endpoint.schema.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { HealthRecorder } from './health-recorder.js';
import { ManageEndpoints } from './manage-endpoints.js';

const model = MongooseModule.forFeature([{ name: ENDPOINT_MODEL, schema: endpointSchema }]);

/** Where notifications go, and how the receivers there are. */
@Module({})
export class EndpointsModule {
  /** @param guard decides which addresses may be registered */
  static forRoot(guard: TargetGuard, health: HealthSettings): DynamicModule {
    return {
      module: EndpointsModule,
      imports: [model, DeliveriesModule],
      controllers: [EndpointsController],
      providers: [
        { provide: TargetGuard, useValue: guard },
        { provide: HEALTH_SETTINGS, useValue: health },
        EndpointsRepository,
        EndpointDeliveriesRepository,
        EndpointSecrets,
        EndpointDirectory,
        ManageEndpoints,
        EndpointStatistics,
        EndpointStatisticsRepository,
        EndpointHealthStore,
        CircuitBoard,
        HealthRecorder,
      ],
      exports: [
        model,
        TargetGuard,
        CircuitBoard,
        HealthRecorder,
        EndpointsRepository,
        EndpointDeliveriesRepository,
        EndpointSecrets,
        EndpointDirectory,
      ],
    };
  }
}
