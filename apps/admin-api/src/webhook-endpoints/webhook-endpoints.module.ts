import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { CreateEndpoint } from './create-endpoint.js';
import { DeleteEndpoint } from './delete-endpoint.js';
import { EndpointEventsController } from './endpoint-events.controller.js';
import { ReadEndpoints } from './read-endpoints.js';
import { RecordDisabledEndpoint } from './record-disabled-endpoint.js';
import { RotateEndpointSecret } from './rotate-endpoint-secret.js';
import { SwitchEndpoint } from './switch-endpoint.js';
import { TargetRule } from './target-rule.js';
import { TestEndpoint } from './test-endpoint.js';
import { UpdateEndpoint } from './update-endpoint.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';

@Module({
  imports: [ChangesModule],
  controllers: [WebhookEndpointsController, EndpointEventsController],
  providers: [
    TargetRule,
    CreateEndpoint,
    ReadEndpoints,
    UpdateEndpoint,
    DeleteEndpoint,
    RotateEndpointSecret,
    SwitchEndpoint,
    TestEndpoint,
    RecordDisabledEndpoint,
  ],
  exports: [TargetRule, CreateEndpoint, ReadEndpoints, UpdateEndpoint, DeleteEndpoint, RotateEndpointSecret, SwitchEndpoint, TestEndpoint],
})
export class WebhookEndpointsModule {}
