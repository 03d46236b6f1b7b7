import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { CreateEndpoint } from './create-endpoint.js';
import { DeleteEndpoint } from './delete-endpoint.js';
import { ReadEndpoints } from './read-endpoints.js';
import { RotateEndpointSecret } from './rotate-endpoint-secret.js';
import { SwitchEndpoint } from './switch-endpoint.js';
import { TargetRule } from './target-rule.js';
import { TestEndpoint } from './test-endpoint.js';
import { UpdateEndpoint } from './update-endpoint.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';

@Module({
  imports: [ChangesModule],
  controllers: [WebhookEndpointsController],
  providers: [
    TargetRule,
    CreateEndpoint,
    ReadEndpoints,
    UpdateEndpoint,
    DeleteEndpoint,
    RotateEndpointSecret,
    SwitchEndpoint,
    TestEndpoint,
  ],
  exports: [TargetRule, CreateEndpoint, ReadEndpoints, UpdateEndpoint, DeleteEndpoint, RotateEndpointSecret, SwitchEndpoint, TestEndpoint],
})
export class WebhookEndpointsModule {}
