export { CreateEndpoint } from './create-endpoint.js';
export { DeleteEndpoint } from './delete-endpoint.js';
export { endpointIdOf } from './endpoint-id.js';
export { ReadEndpoints } from './read-endpoints.js';
export { RotateEndpointSecret } from './rotate-endpoint-secret.js';
export { TestEndpoint } from './test-endpoint.js';
export { UpdateEndpoint } from './update-endpoint.js';
export { WebhookEndpointsModule } from './webhook-endpoints.module.js';
